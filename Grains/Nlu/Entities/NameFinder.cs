namespace CustomerService.Nlu;

/// <summary>Finds people, places and companies by the learnt tagger, and joins the parts of an address.</summary>
internal static class NameFinder
{
    private const double MarginScale = 150;
    private const double SureLowerCase = 0.8;

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
            if (candidate.Length == 0 || IsNoName(candidate.Kind, text.AsSpan(candidate.Offset, candidate.Length)) || Keywords.IsKeyword(text.AsSpan(candidate.Offset, candidate.Length)) || IsUnlikely(text, candidate))
                continue;
            if (IsContinued(text, previous, candidate))
                found[^1] = previous = Joined(text, previous, candidate);
            else
                found.Add(previous = candidate);
        }
    }

    // Where a token is a clause none is a name; "hi" alone is no address; and who writes capitals elsewhere would have written a name with one, unless the tagger is sure.
    private static bool IsUnlikely(string text, Candidate candidate) =>
        candidate.Value.Any(WritingSystems.IsUnspaced)
        || IsLowerCase(text.AsSpan(candidate.Offset, candidate.Length))
        && (candidate.Length == text.Trim().Length || (candidate.Confidence < SureLowerCase && !candidate.Value.Any(char.IsDigit) && !IsLowerCase(text)));

    // "the bank" names none; digits alone are at most a postal code, and no name or address holds an order's number.
    private static bool IsNoName(EntityKind kind, ReadOnlySpan<char> name)
    {
        var (letters, digits, run, longest) = (0, 0, 0, 0);
        foreach (var c in name)
        {
            run = char.IsAsciiDigit(c) ? run + 1 : 0;
            longest = Math.Max(longest, run);
            digits += run > 0 ? 1 : 0;
            letters += char.IsLetter(c) ? 1 : 0;
        }

        if (longest > 7 || digits > 5 && letters == 0 || digits > 4 && kind != EntityKind.Address)
            return true;
        Span<char> lower = stackalloc char[16];
        return name.Length <= lower.Length && Gazetteer.IsGeneric(lower[..name.ToLowerInvariant(lower)]);
    }

    private static bool IsLowerCase(ReadOnlySpan<char> name)
    {
        foreach (var c in name)
        {
            if (char.IsLetter(c) && !char.IsLower(c))
                return false;
        }

        return true;
    }

    private static Candidate Trimmed(string text, Tag tag, int start, int end, double margin)
    {
        start = SkipTitle(text, SkipSigns(text, start, end), end);
        while (end > start && !IsPartOfName(text, end - 1))
            end--;
        var kind = tag switch
        {
            Tag.PersonStart or Tag.Person => EntityKind.Person,
            Tag.CompanyStart or Tag.Company => EntityKind.Company,
            _ => EntityKind.Address,
        };
        return new(kind, start, end - start, OneLine(text.AsSpan(start, end - start)), Math.Clamp(1 / (1 + Math.Exp(-margin / MarginScale)), 0.3, 0.98));
    }

    private static int SkipSigns(string text, int start, int end)
    {
        while (start < end && !char.IsLetterOrDigit(text[start]))
            start++;
        return start;
    }

    // Mr. and Dr. say something about a name, but are none.
    private static int SkipTitle(string text, int start, int end)
    {
        var word = start;
        while (word < end && char.IsLetter(text[word]))
            word++;
        Span<char> lower = stackalloc char[16];
        if (word == start || word - start > lower.Length || !Gazetteer.IsTitle(lower[..text.AsSpan(start, word - start).ToLowerInvariant(lower)]))
            return start;
        return SkipTitle(text, SkipSigns(text, word, end), end);
    }

    // A full stop belongs to "Smith Ltd." unless the sentence ends with it.
    private static bool IsPartOfName(string text, int i) =>
        char.IsLetterOrDigit(text[i]) || text[i] == ')' || char.GetUnicodeCategory(text[i]) is System.Globalization.UnicodeCategory.NonSpacingMark or System.Globalization.UnicodeCategory.SpacingCombiningMark
        || text[i] == '.' && (IsAbbreviation(text, i) || text.AsSpan(i + 1).TrimStart(' ') is { Length: > 0 } rest && !char.IsUpper(rest[0]));

    // "S.A." and "Inc." keep theirs.
    private static bool IsAbbreviation(string text, int stop)
    {
        var start = stop;
        while (start > 0 && char.IsLetter(text[start - 1]))
            start--;
        var word = text.AsSpan(start, stop - start);
        return word.Length == 1 && start > 0 && text[start - 1] == '.'
            || word is "Inc" or "Ltd" or "Co" or "Corp" or "Bros" or "Jr" or "Sr" or "inc" or "ltd";
    }

    // Street, town and country stand apart by a comma or a new line at most.
    private static bool IsContinued(string text, Candidate previous, Candidate next) =>
        previous.Length > 0 && previous.Kind == EntityKind.Address && next.Kind == EntityKind.Address && IsGap(text.AsSpan(previous.End, next.Offset - previous.End))
        && (previous.Value.Any(char.IsDigit) || next.Value.Any(char.IsDigit));

    // Signs, and at most the postal code between street and town.
    private static bool IsGap(ReadOnlySpan<char> gap)
    {
        if (gap.Length <= 4 && gap.IndexOfAnyExcept(" ,\n\r>-") < 0)
            return true;
        if (gap.Length > 14 || !gap.ContainsAnyInRange('0', '9'))
            return false;
        foreach (var c in gap)
        {
            if (!(char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c) || " ,\n\r>-".Contains(c, StringComparison.Ordinal)))
                return false;
        }

        return true;
    }

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
