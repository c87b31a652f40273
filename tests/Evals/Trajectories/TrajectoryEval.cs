using System.Text.Json;
using CustomerService.Conversations;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>A conversation of ours: the contact's messages, the one with which it turns bad and the one that asks for a person, both from 1.</summary>
internal sealed record Script(ImmutableArray<string> Turns, int? TurnsBadAt, int? AsksAt);

/// <summary>How early the product warns of a conversation that turns bad, and how often it warns for nothing.</summary>
internal static class TrajectoryEval
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web);

    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        var lines = File.ReadLines(Path.Combine(options.Root, "tests/Evals/Trajectories/conversations.jsonl")).ToList();
        var seen = lines.ConvertAll(line => JsonSerializer.Deserialize<Script>(line, _json)!).ConvertAll(script => (Script: script, Warning: FirstWarning(script)));
        foreach (var (script, warning) in seen.Where(pair => !IsAsWanted(pair.Script, pair.Warning)))
            Console.WriteLine($"  {(warning is { } w ? $"warned at {w.At}, cause {w.Cause}" : "no warning")}, turned at {script.TurnsBadAt?.ToString() ?? "none"}: {string.Join(" | ", script.Turns)}");

        // Pairs of a bad and a calm conversation: every other pair was there to choose the rule's numbers, the rest judges them.
        var tuned = Measure([.. seen.Where((_, i) => i / 2 % 2 == 0)]);
        Console.WriteLine($"  on the half that the numbers were chosen on: {string.Join(", ", tuned.Select(figure => $"{figure.Name} {figure.Value:0.###}"))}");
        return Measure([.. seen.Where((_, i) => i / 2 % 2 == 1)]);
    }

    private static List<Figure> Measure(List<(Script Script, (int At, long Cause)? Warning)> seen)
    {
        var bad = seen.Where(pair => pair.Script.TurnsBadAt is not null).ToList();
        var calm = seen.Where(pair => pair.Script.TurnsBadAt is null).ToList();
        var early = bad.Where(pair => pair.Warning is { } warning && warning.At < pair.Script.AsksAt).ToList();
        return
        [
            new("nlu.trajectory_warned_early", early.Count / (double)bad.Count, "share"),
            new("nlu.trajectory_lead_messages", early.Count == 0 ? 0 : early.Average(pair => pair.Script.AsksAt!.Value - pair.Warning!.Value.At), "messages"),
            new("nlu.trajectory_cause_right", early.Count == 0 ? 0 : early.Average(pair => pair.Warning!.Value.Cause == pair.Script.TurnsBadAt ? 1.0 : 0), "share"),
            new("nlu.trajectory_too_soon", bad.Average(pair => pair.Warning is { } warning && warning.At < pair.Script.TurnsBadAt ? 1.0 : 0), "share"),
            new("nlu.trajectory_false_alarms", 100.0 * calm.Count(pair => pair.Warning is not null) / calm.Count, "per 100 calm"),
        ];
    }

    private static bool IsAsWanted(Script script, (int At, long Cause)? warning) =>
        script.TurnsBadAt is null ? warning is null : warning is { } given && given.At >= script.TurnsBadAt && given.At < script.AsksAt && given.Cause == script.TurnsBadAt;

    // The first message after which the conversation's mood alone calls for people, and the message that it names as the cause.
    private static (int At, long Cause)? FirstWarning(Script script)
    {
        var curve = ImmutableArray<SentimentPoint>.Empty;
        foreach (var (index, text) in script.Turns.Index())
        {
            var said = EvalModels.Sentiment(text);
            curve = curve.Add(Trajectory.Next(curve, index + 1, said.Value, said.Confidence));
            var analysis = new Analysis(new("en", 1), [], 0, [], said.Value, said.Confidence, false);
            if (Escalation.Of(analysis, curve, complexity: 0, default) is { Kind: AlertKind.Sentiment } warning)
                return (index + 1, warning.Cause);
        }

        return null;
    }
}
