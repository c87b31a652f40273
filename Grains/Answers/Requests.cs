using System.Text.RegularExpressions;
using CustomerService.Knowledge;

namespace CustomerService.Answers;

/// <summary>Cuts what a contact wrote in one turn into the things that are asked.</summary>
internal static partial class Requests
{
    private const int MaxRequests = 3, MaxLength = 400, Timeout = 1_000;

    /// <summary>One to three texts, each with the sentences that set its scene; the order is the contact's.</summary>
    public static List<string> Split(string text, string language)
    {
        var sentences = text.Split('\n').SelectMany(line => Sentences.Split(line, language).Select(s => line.Substring(s.Start, s.Length)))
            .Where(s => SmallTalk.For(language).Read(s) is null).ToList();
        List<string> requests = [], scene = [];
        foreach (var sentence in sentences)
        {
            scene.Add(sentence);
            if (!IsAsked(sentence))
                continue;
            requests.Add(Join(scene));
            scene.Clear();
        }

        // What follows the last question belongs to it; a text without any question is one request.
        if (scene.Count > 0)
            requests = requests.Count == 0 ? [Join(scene)] : [.. requests[..^1], Join([requests[^1], .. scene])];
        return requests.Count <= MaxRequests ? requests : [.. requests.TakeLast(MaxRequests)];
    }

    /// <summary>Whether a text leans on what was said before: "and to Norway?"</summary>
    public static bool IsFollowUp(string text) => FollowUp().IsMatch(string.Join(' ', Words.Split(text)));

    private static bool IsAsked(string sentence) => sentence.AsSpan().TrimEnd() is [.., '?' or '？' or '؟' or ';'] || Asking().IsMatch(string.Join(' ', Words.Split(sentence)));

    private static string Join(List<string> sentences)
    {
        var text = string.Join(' ', sentences);
        return text.Length <= MaxLength ? text : text[^MaxLength..];
    }

    [GeneratedRegex(
        @"^(and |but |also |so |und |aber |et |mais |y |pero )?(how|what|whats|when|where|wheres|which|who|why|can|could|do|does|did|is|are|will|would|may|should|i (want|need|would like|d like)|id like|"
        + @"wie|was|wann|wo|welche\w*|wer|warum|kann|konnen|konnte\w*|mochte|ich (mochte|will|brauche)|gibt|habt|haben|muss|darf|"
        + @"comment|quand|ou|quel\w*|combien|puis|peut|pouvez|est ce|je (veux|voudrais)|"
        + @"como|cuando|donde|cual\w*|cuant\w*|puedo|puede\w*|quiero|necesito|que) ",
        RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Asking();

    [GeneratedRegex(
        @"^(and|what about|how about|und|und wenn|was ist mit|wie ist es mit|et|et pour|et si|y|y si|e se|en) |\b(there|that|it|this one|then instead|same for|dort|dorthin|davon|la bas|alli|eso)$",
        RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex FollowUp();
}
