using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Praise in front of bad news, in English: "Great, third time this week". What is said is glad, what is meant hardly is.</summary>
internal static partial class Irony
{
    /// <summary>True when a text opens with praise or thanks and goes on with something that went wrong.</summary>
    public static bool IsLikely(string text) => text.Length <= 400 && Praise().Match(text) is { Success: true } praise
        && Trouble().IsMatch(text, praise.Index + praise.Length) && !Relief().IsMatch(text, praise.Index + praise.Length);

    [GeneratedRegex(@"^\W*(?:(?:oh|wow|well|yeah|how|so|just|really|absolutely)\b\W*)*(?:great|wonderful|fantastic|perfect|brilliant|lovely|awesome|excellent|amazing|nice|super|bravo|congratulations|congrats|good job|well done|impressive|what (?:a (?:great|lovely|wonderful)|great)|thanks (?:a lot|so much)?\s?for|thank you (?:so much |very much )?for|thanks a lot|what i needed|love it|love how)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Patterns.TimeoutMilliseconds)]
    private static partial Regex Praise();

    [GeneratedRegex(@"\b(?:nothing|(?:second|third|fourth|fifth|sixth|tenth|2nd|3rd|4th|5th) (?:time|week|day|month)|(?:three|four|five|six|ten) times|yet another|another (?:delay|error|bug|outage|bill|fee|hour|day|week|month|broken|wrong)|still (?:no|not|waiting|broken|nothing|does|isn|hasn|won)|(?:doesn|didn|won|can|isn|hasn|wasn|aren|couldn)['’]?t|cannot|nobody|no one|never|fail(?:s|ed|ing)?|broken?|broke|crash(?:es|ed)?|lost|losing|late|delayed|missing|wrong|ruin(?:ed|ing)|wast(?:ed|ing)|ignor(?:ed|ing)|deleted|cancell?ed|charged (?:me )?(?:twice|again)|waiting|waited|down again|smashed|damaged)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Patterns.TimeoutMilliseconds)]
    private static partial Regex Trouble();

    // "Perfect, no problem, I can wait", "Great, the broken one was replaced": the matter is settled.
    [GeneratedRegex(@"\b(?:no (?:problem|worries|hurry|rush)|can wait|happy to wait|worth (?:the wait|waiting)|(?:is|was|it'?s|has been|got|been|were) (?:now |all )?(?:here|solved|fixed|resolved|replaced|refunded|sorted)|works? (?:now|again|perfectly|fine|great)|working (?:now|again)|(?:never|not) (?:a problem|been (?:better|happier)|disappoint\w*|fails? to impress)|couldn['’]?t be (?:happier|better)|thank you|thanks[.! ]*$)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Patterns.TimeoutMilliseconds)]
    private static partial Regex Relief();
}
