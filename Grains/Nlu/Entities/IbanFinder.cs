using System.Collections.Frozen;

namespace CustomerService.Nlu;

/// <summary>Finds bank account numbers by country, length and check digits (ISO 13616).</summary>
internal static class IbanFinder
{
    private static readonly FrozenDictionary<string, int> s_lengths = ParseLengths(
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 " +
        "IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20");

    public static void Find(string text, List<Candidate> found)
    {
        Span<char> iban = stackalloc char[34];
        for (var i = 0; i + 15 <= text.Length; i++)
        {
            if (!StartsIban(text, i) || !s_lengths.TryGetValue(text.Substring(i, 2).ToUpperInvariant(), out var length))
                continue;
            var end = Collect(text, i, iban[..length]);
            if (end < 0)
                continue;
            if (CheckDigits.Mod97(iban[..length]))
                found.Add(new(EntityKind.Iban, i, end - i, new string(iban[..length]), 1));
            else if (text.AsSpan(Math.Max(0, i - 25)..i).Contains("iban", StringComparison.OrdinalIgnoreCase))
                found.Add(new(EntityKind.Iban, i, end - i, new string(iban[..length]), 0.6));
            else
                continue;
            i = end - 1;
        }
    }

    private static bool StartsIban(string text, int i) =>
        char.IsAsciiLetter(text[i]) && char.IsAsciiLetter(text[i + 1]) && char.IsAsciiDigit(text[i + 2]) && char.IsAsciiDigit(text[i + 3])
        && (i == 0 || !char.IsLetterOrDigit(text[i - 1]));

    // Written in one piece or in groups: a single blank or hyphen may stand between two characters.
    private static int Collect(string text, int start, Span<char> iban)
    {
        var count = 0;
        var i = start;
        for (; i < text.Length && count < iban.Length; i++)
        {
            if (char.IsAsciiLetterOrDigit(text[i]))
                iban[count++] = char.ToUpperInvariant(text[i]);
            else if (text[i] is not (' ' or '-' or '\u00A0') || !char.IsAsciiLetterOrDigit(text[i - 1]))
                return -1;
        }

        return count == iban.Length && (i == text.Length || !char.IsLetterOrDigit(text[i])) ? i : -1;
    }

    private static FrozenDictionary<string, int> ParseLengths(string table) =>
        FrozenDictionary.ToFrozenDictionary(table.Split(' '), entry => entry[..2], entry => int.Parse(entry.AsSpan(2)));
}
