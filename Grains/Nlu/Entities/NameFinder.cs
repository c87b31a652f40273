namespace CustomerService.Nlu;

/// <summary>Finds people, places and companies by the learnt tagger, and joins the parts of an address.</summary>
internal static class NameFinder
{
    private const double MarginScale = 150;

    public static void Find(string text, SequenceTagger tagger, List<Candidate> found)
    {
        var tokens = Tokens.Of(text);
        var (tags, margins) = tagger.Decode(text, tokens);
        var previous = default(Candidate);
        for (var i = 0; i < tokens.Count;)
        {
            if (tags[i] == Tag.None)
            {
                i++;
                continue;
            }

            var end = i + 1;
            while (end < tokens.Count && (int)tags[end] % 2 == 0 && tags[end] != Tag.None)
                end++;
            var margin = margins[i..end].Average();
            var candidate = Trimmed(text, tags[i], tokens[i].Offset, tokens[end - 1].End, margin);
            i = end;
            if (candidate.Length == 0)
                continue;
            if (IsContinued(text, previous, candidate))
                found[^1] = previous = Joined(text, previous, candidate);
            else
                found.Add(previous = candidate);
        }
    }

    private static Candidate Trimmed(string text, Tag tag, int start, int end, double margin)
    {
        while (end > start && (char.IsPunctuation(text[end - 1]) && text[end - 1] is not ('.' or ')') || char.IsWhiteSpace(text[end - 1])))
            end--;
        while (start < end && (char.IsPunctuation(text[start]) || char.IsWhiteSpace(text[start])))
            start++;
        var kind = tag switch
        {
            Tag.PersonStart or Tag.Person => EntityKind.Person,
            Tag.CompanyStart or Tag.Company => EntityKind.Company,
            _ => EntityKind.Address,
        };
        return new(kind, start, end - start, OneLine(text.AsSpan(start, end - start)), Math.Clamp(1 / (1 + Math.Exp(-margin / MarginScale)), 0.3, 0.98));
    }

    // Street, town and country stand apart by a comma or a new line at most.
    private static bool IsContinued(string text, Candidate previous, Candidate next) =>
        previous.Length > 0 && previous.Kind == EntityKind.Address && next.Kind == EntityKind.Address && next.Offset - previous.End <= 4
        && text.AsSpan(previous.End, next.Offset - previous.End).IndexOfAnyExcept(" ,\n\r>-") < 0
        && (previous.Value.Any(char.IsDigit) || next.Value.Any(char.IsDigit));

    private static Candidate Joined(string text, Candidate previous, Candidate next) => previous with
    {
        Length = next.End - previous.Offset,
        Value = OneLine(text.AsSpan(previous.Offset, next.End - previous.Offset)),
        Confidence = Math.Max(previous.Confidence, next.Confidence),
    };

    private static string OneLine(ReadOnlySpan<char> text)
    {
        var line = new System.Text.StringBuilder(text.Length);
        foreach (var c in text)
        {
            var next = c is '\n' or '\r' or '\t' or '\u00A0' ? ' ' : c;
            if (next != ' ' || line.Length > 0 && line[^1] != ' ')
                line.Append(next);
        }

        return line.ToString();
    }
}
