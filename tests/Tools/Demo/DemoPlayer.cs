using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CustomerService.Demo;

/// <summary>A turn as the contact saw it.</summary>
/// <param name="Text">The last message of the turn.</param>
/// <param name="MessageId">The id it was sent with.</param>
/// <param name="Latency">From sending that message to seeing the answer; null when none came because people hold the conversation.</param>
/// <param name="Answer">The assistant's message, or null.</param>
internal sealed record DemoTurn(string Text, string MessageId, TimeSpan? Latency, JsonObject? Answer);

/// <summary>A conversation as the contact saw it.</summary>
internal sealed record DemoResult(DemoConversation Script, string ConversationId, ImmutableArray<DemoTurn> Turns, TimeSpan? FirstAnswerAt);

/// <summary>Plays a contact through the real web chat.</summary>
internal sealed class DemoPlayer(SiloProcess silo, HttpClient http, Stopwatch sinceStart)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<DemoResult> PlayAsync(DemoConversation script)
    {
        await using var chat = await ChatClient.StartAsync(silo.Address, http);
        var turns = ImmutableArray.CreateBuilder<DemoTurn>();
        TimeSpan? firstAnswer = null;
        for (var i = 0; i < script.Messages.Length; i++)
        {
            var message = script.Messages[i];
            await Task.Delay(message.PauseMs);
            var id = $"{script.Id}-{i}";
            var clock = Stopwatch.StartNew();
            var ack = await chat.SendAsync(message.Text, id);
            if (i + 1 < script.Messages.Length && script.Messages[i + 1].IsBurst)
                continue;

            var answer = await AnswerAsync(chat, ack["sequence"]!.GetValue<long>());
            turns.Add(new(message.Text, id, answer is null ? null : clock.Elapsed, answer));
            if (answer is not null)
                firstAnswer ??= sinceStart.Elapsed;
        }

        return new(script, chat.Conversation!, turns.ToImmutable(), firstAnswer);
    }

    /// <summary>The assistant's next message; null when people hold the conversation.</summary>
    private static async Task<JsonObject?> AnswerAsync(ChatClient chat, long after)
    {
        await chat.WaitForAsync(entry => Sequence(entry) >= after, Patience);
        if (IsWithPeople(chat.Entries, upTo: after))
            return null;

        var next = await chat.WaitForAsync(entry => Sequence(entry) > after && (IsFromAssistant(entry) || IsHandoff(entry)), Patience);
        return IsFromAssistant(next) ? next : null;
    }

    private static bool IsWithPeople(ImmutableArray<JsonObject> entries, long upTo) =>
        entries.LastOrDefault(entry => Sequence(entry) <= upTo && Kind(entry) == "baton") is { } baton && IsHandoff(baton);

    private static bool IsHandoff(JsonObject entry) => Kind(entry) == "baton" && entry["holder"]!["kind"]!.GetValue<string>() != "assistant";

    private static bool IsFromAssistant(JsonObject entry) => Kind(entry) == "message" && entry["author"]!["kind"]!.GetValue<string>() == "assistant";

    private static string Kind(JsonObject entry) => entry["kind"]!.GetValue<string>();

    private static long Sequence(JsonObject entry) => entry["sequence"]!.GetValue<long>();
}
