using System.Text.RegularExpressions;
using CustomerService.Knowledge;

namespace CustomerService.Answers;

/// <summary>Cuts what a contact wrote in one turn into the things that are asked.</summary>
internal static partial class Requests
{
    private const int MaxRequests = 3, MaxLength = 400, Timeout = 1_000;

    /// <summary>One to three requests, in the contact's order, without greetings, order numbers and markup.</summary>
    public static List<Request> Split(string text, string language)
    {
        var talk = SmallTalk.For(language);
        var sentences = Noise().Replace(text, " ").Split('\n')
            .SelectMany(line => Sentences.Split(line, language).Select(s => WithoutGreeting(line.Substring(s.Start, s.Length), talk)))
            .Where(s => s.Any(char.IsLetterOrDigit) && talk.Read(s) is null).ToList();
        List<Request> requests = [];
        List<string> scene = [];
        foreach (var sentence in sentences)
        {
            if (IsAsked(sentence))
            {
                requests.Add(new(Cut(sentence), Cut(string.Join(' ', [.. scene, sentence]))));
                scene.Clear();
            }
            else
            {
                scene.Add(sentence);
            }
        }

        // What follows the last question belongs to it; a text without any question is one request.
        if (scene.Count > 0 && requests.Count == 0)
            return [new(Cut(scene[^1]), Cut(string.Join(' ', scene)))];
        if (scene.Count > 0)
            requests[^1] = requests[^1] with { WithScene = Cut(string.Join(' ', [requests[^1].WithScene, .. scene])) };
        return [.. requests.TakeLast(MaxRequests)];
    }

    /// <summary>Whether a text leans on what was said before: "and to Norway?"</summary>
    public static bool IsFollowUp(string text) => FollowUp().IsMatch(string.Join(' ', Words.Split(text)));

    private static bool IsAsked(string sentence) => sentence.AsSpan().TrimEnd() is [.., '?' or '？' or '؟' or ';'] || Asking().IsMatch(string.Join(' ', Words.Split(sentence)));

    private static string Cut(string text) => text.Length <= MaxLength ? text : text[^MaxLength..];

    private static string WithoutGreeting(string sentence, SmallTalk talk)
    {
        var comma = sentence.IndexOfAny([',', '，', '、']);
        return comma > 0 && talk.Read(sentence[..comma]) is SmallTalkKind.Greeting or SmallTalkKind.Acknowledgement ? sentence[(comma + 1)..].TrimStart() : sentence;
    }

    // Tags with the content of scripts, web and mail addresses, order numbers and the like: values, not what is asked.
    [GeneratedRegex(@"<script[^>]*>[^<]*</script>|<[a-z/!][^>]{0,200}>|\{\{[^}]{0,100}\}\}|https?://\S+|\S+@\S+\.\w+|\b[A-Z]{1,4}-?\d{4,}\b|\b\d{6,}\b", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase, Timeout)]
    private static partial Regex Noise();

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

/// <summary>One thing that is asked.</summary>
/// <param name="Asked">The sentence that asks.</param>
/// <param name="WithScene">The same with the sentences around it that set its scene.</param>
internal sealed record Request(string Asked, string WithScene);
