using System.Text.RegularExpressions;
using CustomerService.Knowledge;

namespace CustomerService.Answers;

/// <summary>Tells messages that give the assistant orders about itself from messages that ask something.</summary>
/// <remarks>
/// Extraction follows no instruction anyway; this keeps such a message from being answered as if it were a question, and a
/// language model from ever seeing it.
/// </remarks>
internal static partial class Steering
{
    private const int Timeout = 1_000;

    public static bool IsIn(string text) => Orders().IsMatch(string.Join(' ', Words.Split(text))) || Markup().IsMatch(text);

    [GeneratedRegex(
        @"\b(ignore|disregard|forget|override|bypass|ignoriere?|vergiss|oublie|oubliez|ignorez|ignora|olvida|ignorar|negeer|vergeet) (\w+ ){0,4}(instructions?|rules?|prompts?|guidelines|anweisung(en)?|regeln|vorgaben|consignes?|regles|instrucciones|reglas|istruzioni|regole|instrucoes|instructies|regels)\b"
        + @"|\b(system|hidden|secret|initial) prompts?\b|\b(systemprompt|jailbreak|developer mode|dan mode|admin mode)\b"
        + @"|\b(pretend|imagine) (that )?(you|to be)\b|\byou are (now|no longer) (a|an|my|the|in|free)\b|\b(act|behave|answer|respond|reply|talk) (as|like) (a|an|my|if)\b|\brole ?play\b"
        + @"|\b(reveal|print|show|repeat|output|give) (me )?(your|the|all) (\w+ )?(instructions|prompt|configuration|rules|training)\b"
        + @"|\b(repeat|say) (after me|the following|exactly)\b|\b(du bist (jetzt|ab sofort) (ein|eine|mein)|tu es maintenant|ahora eres|tu tarea es|finge que|fais semblant)\b",
        RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Orders();

    [GeneratedRegex(@"<\|?(im_start|system|assistant|endoftext)|\[/?INST\]|###\s*(system|instruction)|^\s*(system|assistant)\s*:", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.Multiline, Timeout)]
    private static partial Regex Markup();
}
