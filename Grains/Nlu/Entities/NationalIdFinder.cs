using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds the numbers of identity documents: by a shape that nothing else has, or by the words that announce them.</summary>
internal static partial class NationalIdFinder
{
    private const string Number = @"(?:[ \-:#]|n[°ºo.]|nr\.?|is|ist|est|es|lautet|the|my|number|no\.?)*(?<v>[A-Z]{0,3}[ \-]?[0-9](?:[ .\-/]?[A-Z0-9]){4,18})(?![\p{L}\p{N}])";

    // Social security of the United States, national insurance of the United Kingdom, codice fiscale, CPF; none of them within a longer code.
    [GeneratedRegex(@"(?<![\p{L}\p{N}+\-./])(?:(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d{2} ?\d{2} ?\d{2} ?[A-D]|[A-Z]{6}\d{2}[A-EHLMPR-T]\d{2}[A-Z]\d{3}[A-Z]|\d{3}\.\d{3}\.\d{3}-\d{2})(?![\p{L}\p{N}\-])", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex Shape { get; }

    // DNI and NIE: the last letter is the number's remainder by 23.
    [GeneratedRegex(@"(?<![\p{L}\p{N}\-./])(?:[XYZ][ \-]?\d{7}|\d{8})[ \-]?[A-Z](?![\p{L}\p{N}\-])", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex Spanish { get; }

    [GeneratedRegex(@"(?<!\p{L})(?:ssn|social security|driv(?:er|ing)['’]?s? ?licen[cs]e|passport|national (?:id|insurance|identity)|identity card|tax ?(?:id|payer)|nino|(?:reise)?pass(?:nummer|nr)|(?:personal)?ausweis(?:nummer|nr)?|steuer-?(?:id|identifikationsnummer|nummer)|sozialversicherungsnummer|führerschein(?:nummer)?|sécurité sociale|passeport|carte d['’]identité|permis de conduire|pasaporte|dni|nie|seguridad social|carné de conducir|codice fiscale|patente|passaporto|bsn|burgerservicenummer|cpf|pesel|personnummer)(?!\p{L})" + Number,
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Patterns.TimeoutMilliseconds)]
    private static partial Regex Announced { get; }

    public static void Find(string text, List<Candidate> found)
    {
        foreach (var match in Shape.EnumerateMatches(text))
            Add(text, match.Index, match.Length, 0.95, found);
        foreach (var match in Spanish.EnumerateMatches(text))
        {
            if (HasRightLetter(text.AsSpan(match.Index, match.Length)))
                Add(text, match.Index, match.Length, 1, found);
        }

        foreach (Match match in Announced.Matches(text))
            Add(text, match.Groups["v"].Index, match.Groups["v"].Length, 0.96, found);
    }

    private static void Add(string text, int offset, int length, double confidence, List<Candidate> found)
    {
        var value = string.Concat(text.AsSpan(offset, length).ToString().Where(char.IsLetterOrDigit)).ToUpperInvariant();
        found.Add(new(EntityKind.NationalId, offset, length, value, confidence));
    }

    private static bool HasRightLetter(ReadOnlySpan<char> code)
    {
        var number = code[0] switch { 'Y' => 1, 'Z' => 2, _ => 0 };
        foreach (var c in code)
            number = char.IsAsciiDigit(c) ? number * 10 + c - '0' : number;
        return "TRWAGMYFPDXBNJZSQVHLCKE"[number % 23] == code[^1];
    }
}
