using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Evals;

/// <summary>A line of <c>tests/Evals/Answers/questions.jsonl</c>; its README explains the fields.</summary>
internal sealed record AnswerQuestion(
    string Question, string Language, string? Article, [property: JsonPropertyName("must_contain")] string? MustContain, string Note, string Set)
{
    public bool IsAnswerable => Article is not null;

    public bool IsConflict => Note.StartsWith("conflict", StringComparison.Ordinal);

    /// <summary>Asks for a person: handing over is right, whatever article explains how.</summary>
    public bool AsksForPerson => Note.StartsWith("contact_human_agent", StringComparison.Ordinal);

    public static List<AnswerQuestion> Read(string root) =>
        [.. File.ReadLines(Path.Combine(root, "tests/Evals/Answers/questions.jsonl")).Select(l => JsonSerializer.Deserialize<AnswerQuestion>(l, JsonSerializerOptions.Web)!)];
}
