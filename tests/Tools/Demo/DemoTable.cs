using System.Text.Json.Nodes;

namespace CustomerService.Demo;

/// <summary>One line a contact's message: what was understood, which rung answered, and what was cited.</summary>
internal static class DemoTable
{
    private const int TextWidth = 46;

    public static void PrintHeader() =>
        Console.WriteLine($"{"text",-TextWidth} {"lang",-4} {"intent",-30} {"sent",5} {"rung",-10} {"cites",-30} {"ms",5}  entities");

    public static void Print(DemoResult result, ImmutableArray<JsonObject> journal)
    {
        Console.WriteLine($"── {result.Script.Id} {result.Script.Name}");
        foreach (var entry in journal)
        {
            if (entry["event"] is JsonObject { } what && Type(what) is "message" && what["message"] is JsonObject message && Author(message) == "contact")
                PrintMessage(message, result.Turns.FirstOrDefault(turn => turn.MessageId == Text(message["dedupId"])), AnswerAfter(journal, entry));
            else if (entry["event"] is JsonObject alert && Type(alert) == "alert")
                Console.WriteLine($"   ! {Text(alert["alert"]!["reason"])}");
            else if (entry["event"] is JsonObject baton && Type(baton) == "baton")
                Console.WriteLine($"   → {Text(baton["to"]!["holder"])}: {Text(baton["reason"])}");
        }
    }

    private static void PrintMessage(JsonObject message, DemoTurn? turn, JsonObject? answer)
    {
        var analysis = message["analysis"] as JsonObject;
        var intent = analysis?["intents"] is JsonArray { Count: > 0 } intents ? $"{Text(intents[0]!["intent"])} {Number(intents[0]!["confidence"]):0.00}" : "–";
        var entities = string.Join(", ", (analysis?["entities"] as JsonArray ?? []).Select(entity => $"{Text(entity!["kind"])} {Text(entity["value"])}"));
        var rung = turn?.Answer is null ? turn is null ? "(burst)" : "(people)" : Text(answer?["rung"]);
        var cites = string.Join(' ', Cited(answer).Distinct());
        Console.WriteLine($"{Fit(Text(message["text"]), TextWidth),-TextWidth} {Text(analysis?["language"]?["code"]),-4} {Fit(intent, 30),-30} {Number(analysis?["sentiment"]),5:0.00} {Fit(rung, 10),-10} {Fit(cites, 30),-30} {turn?.Latency?.TotalMilliseconds,5:0}  {Fit(entities, 60)}");
    }

    public static IEnumerable<string> Cited(JsonObject? answer) =>
        (answer?["sentences"] as JsonArray ?? []).SelectMany(sentence => sentence!["citations"] as JsonArray ?? []).Select(citation => Text(citation!["article"]));

    /// <summary>How the assistant's first message after an entry was composed.</summary>
    public static JsonObject? AnswerAfter(ImmutableArray<JsonObject> journal, JsonObject entry) =>
        journal.SkipWhile(other => !ReferenceEquals(other, entry)).Select(other => other["event"]!["message"]?["answer"] as JsonObject).FirstOrDefault(answer => answer is not null);

    public static string Type(JsonObject what) => Text(what["type"]);

    private static string Author(JsonObject message) => Text(message["author"]!["kind"]);

    private static string Text(JsonNode? node) => node?.ToString() ?? "";

    private static double Number(JsonNode? node) => node?.GetValue<double>() ?? 0;

    private static string Fit(string text, int width)
    {
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= width ? line : line[..(width - 1)] + "…";
    }
}
