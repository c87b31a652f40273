using System.Globalization;
using CustomerService.Nlu;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace CustomerService.Knowledge;

/// <summary>The YAML head of an article between two lines of three hyphens.</summary>
internal sealed record FrontMatter(ArticleId Id, string Title, string Language, Audience Audience, DateTimeOffset UpdatedAt)
{
    private const int MaxLength = 4_096, MaxTitleLength = 200;
    private const string Fence = "---";

    /// <summary>Reads the head of a source text.</summary>
    /// <param name="source">The whole file; line ends may be LF or CRLF.</param>
    /// <returns>The head and where the body starts, or what is wrong with it, in words for the author.</returns>
    public static (FrontMatter? Head, int BodyStart, string? Problem) Read(string source)
    {
        var firstLineEnd = source.IndexOf('\n');
        if (firstLineEnd < 0 || source.AsSpan(0, firstLineEnd).TrimEnd() is not Fence)
            return (null, 0, "has no front matter; its first line must be ---");

        for (var start = firstLineEnd + 1; start < source.Length && start <= MaxLength;)
        {
            var end = source.IndexOf('\n', start);
            var line = source.AsSpan(start, (end < 0 ? source.Length : end) - start).TrimEnd();
            var next = end < 0 ? source.Length : end + 1;
            if (line is Fence)
            {
                var (head, problem) = Parse(source[(firstLineEnd + 1)..start]);
                return (head, next, problem);
            }

            start = next;
        }

        return (null, 0, $"has front matter that does not end with --- within {MaxLength} characters");
    }

    private static (FrontMatter? Head, string? Problem) Parse(string yaml)
    {
        Dictionary<string, string> values = [];
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(yaml));
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
                return (null, "has front matter that is not a list of names and values");

            foreach (var (key, value) in root.Children)
            {
                if (key is YamlScalarNode { Value: { } name } && value is YamlScalarNode { Value: { } text })
                    values[name] = text;
            }
        }
        catch (YamlException broken)
        {
            return (null, $"has front matter that is not YAML (line {broken.Start.Line + 1})");
        }

        return Check(values);
    }

    private static (FrontMatter? Head, string? Problem) Check(Dictionary<string, string> values)
    {
        if (!ArticleId.TryParse(values.GetValueOrDefault("id"), null, out var id))
            return (null, "has no usable id in its front matter: lower-case letters, digits, '.', '_' and '-', at most 64");
        if (values.GetValueOrDefault("title")?.Trim() is not { Length: > 0 and <= MaxTitleLength } title)
            return (null, $"has no usable title in its front matter: 1 to {MaxTitleLength} characters");
        if (values.GetValueOrDefault("language") is not { } language || !Languages.All.Contains(language))
            return (null, "has no usable language in its front matter: a code such as en");
        if (!TryAudience(values.GetValueOrDefault("audience"), out var audience))
            return (null, "has no usable audience in its front matter: public or agent");
        if (!DateTimeOffset.TryParse(values.GetValueOrDefault("updated"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var updatedAt))
            return (null, "has no usable updated in its front matter: a date such as 2026-03-31");

        return (new FrontMatter(id, title, language, audience, updatedAt), null);
    }

    private static bool TryAudience(string? text, out Audience audience)
    {
        audience = text is "agent" ? Audience.Agent : Audience.Public;
        return text is "agent" or "public";
    }
}
