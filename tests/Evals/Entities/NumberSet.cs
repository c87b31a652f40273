using System.Globalization;
using System.Numerics;
using CsvHelper;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Cards, IBANs, email addresses and telephone numbers in every form that people write, in sentences of ours; the same on every run.</summary>
internal sealed class NumberSet(DateTimeOffset at)
{
    private static readonly Dictionary<EntityKind, string[]> s_sentences = new()
    {
        [EntityKind.Card] = ["{0}", "my card is {0}.", "please charge {0}, not the other one", "Number: {0}", "it was {0} (expired)", "La carte {0} est refusée", "Karte {0} geht nicht"],
        [EntityKind.Iban] = ["{0}", "iban {0}", "Please pay into {0}, thanks", "account: {0}.", "Konto {0} bei der Bank", "mi cuenta es {0}"],
        [EntityKind.Email] = ["{0}", "write to {0}.", "my address is {0}, not the old one", "({0})", "E-Mail: {0}", "contact <{0}> please"],
        [EntityKind.Phone] = ["call me on {0}.", "They're not answering at {0}", "my number is {0}, thanks", "Tel: {0}", "What is your number? {0}", "{0} is my mobile", "Telefon {0}", "mi móvil: {0}"],
    };

    private static readonly (string Prefix, int Length)[] s_brands =
        [("4", 16), ("4", 13), ("51", 16), ("55", 16), ("2221", 16), ("2720", 16), ("34", 15), ("37", 15), ("36", 14), ("305", 14), ("6011", 16), ("65", 16), ("3528", 16), ("62", 16), ("6759", 16)];

    private const string Ibans = "AT 16 BE 12 CZ 20 DE 18 DK 14 EE 16 ES 20 FI 14 FR 23 GB a18 GR 23 HU 24 IE a18 IT x23 LU 16 NL a14 NO 11 PL 24 PT 21 RO a20 SE 20 SI 15 SK 20 TR 22 CH 17";
    private static readonly string[] s_international = ["+{0} {1} {2} {3}", "+{0}{1}{2}{3}", "+{0}-{1}-{2}-{3}", "+{0} ({1}) {2} {3}", "+{0} {1} {2}{3}", "00{0} {1} {2} {3}", "+{0}.{1}.{2}.{3}", "+{0} (0){1} {2} {3}", "+{0} {1}/{2}{3}"];
    private static readonly string[] s_codes = ["1", "44", "49", "33", "34", "39", "31", "46", "351", "353", "420", "48", "41", "43", "61", "91", "972", "380", "358", "90"];

    private readonly Random _random = new(20261122);

    public IEnumerable<EntityCase> Cards() => from brand in s_brands
                                              from separator in (string[])["", " ", "-"]
                                              from _ in Enumerable.Range(0, 8)
                                              select Case(EntityKind.Card, Grouped(CardNumber(brand.Prefix, brand.Length), separator), null);

    public IEnumerable<EntityCase> IbanNumbers() => from country in Ibans.Split(' ').Chunk(2)
                                                    from form in Enumerable.Range(0, 8)
                                                    let iban = IbanNumber(country[0], country[1])
                                                    select Case(EntityKind.Iban, form switch { 0 or 1 => iban, 2 => iban.ToLowerInvariant(), 3 => InFours(iban, "-"), 4 => InFours(iban, " ").ToLowerInvariant(), _ => InFours(iban, " ") }, null);

    public IEnumerable<EntityCase> Emails() => from name in (string[])["kim", "kim.lee", "k_lee", "kim-lee", "kim+shop", "k.l.2001", "KIM.LEE", "o'neill", "99red", "müller"]
                                               from domain in (string[])["example.com", "mail.example.org", "my-shop.example.co.uk", "EXAMPLE.COM", "ex4mple.io", "büro.example", "example.museum"]
                                               from _ in Enumerable.Range(0, 3)
                                               select Case(EntityKind.Email, $"{name}@{domain}", null);

    public IEnumerable<EntityCase> InternationalPhones() => from code in s_codes
                                                            from form in s_international
                                                            from _ in Enumerable.Range(0, 2)
                                                            select Case(EntityKind.Phone, string.Format(CultureInfo.InvariantCulture, form, code, _random.Next(20, 100), _random.Next(200, 1000), _random.Next(1000, 10000)), null);

    /// <summary>As the people of 31 countries write them at home; the country is known.</summary>
    public IEnumerable<EntityCase> NationalPhones(string data)
    {
        using var reader = new CsvReader(new StreamReader(Path.Combine(data, "presidio-research", "FakeNameGenerator.com_3000.csv")), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
        {
            if (_random.Next(3) == 0)
                yield return Case(EntityKind.Phone, reader.GetField("TelephoneNumber")!, reader.GetField("Country"));
        }
    }

    private EntityCase Case(EntityKind kind, string value, string? country)
    {
        var sentence = s_sentences[kind][_random.Next(s_sentences[kind].Length)];
        return new(string.Format(CultureInfo.InvariantCulture, sentence, value), new(at, "en", country), [new(kind, sentence.IndexOf('{', StringComparison.Ordinal), value.Length)]);
    }

    private string CardNumber(string prefix, int length)
    {
        var digits = prefix + Digits(length - prefix.Length - 1);
        return digits + Enumerable.Range(0, 10).First(check => CheckDigits.Luhn($"{digits}{check}"));
    }

    private string IbanNumber(string country, string form)
    {
        var letters = form[0] switch { 'a' => 4, 'x' => 1, _ => 0 };
        var account = string.Concat(Enumerable.Range(0, letters).Select(_ => (char)_random.Next('A', 'Z' + 1))) + Digits(int.Parse(form.TrimStart('a', 'x'), CultureInfo.InvariantCulture) - letters);
        var number = BigInteger.Parse(string.Concat((account + country + "00").Select(c => char.IsAsciiDigit(c) ? c - '0' : c - 'A' + 10)), CultureInfo.InvariantCulture);
        return $"{country}{98 - (int)(number % 97):00}{account}";
    }

    private string Digits(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => (char)_random.Next('0', '9' + 1)));

    private static string Grouped(string card, string separator) => card.Length is 14 or 15 ? $"{card[..4]}{separator}{card[4..10]}{separator}{card[10..]}" : InFours(card, separator);

    private static string InFours(string text, string separator) => string.Join(separator, text.Chunk(4).Select(chars => new string(chars)));
}
