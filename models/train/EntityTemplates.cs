using System.Globalization;
using System.Text;
using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Makes annotated texts from our own templates and lists, and from the names in annotated texts.</summary>
internal sealed class EntityTemplates
{
    private const double InventedShare = 0.35;
    private readonly List<string> _templates = [];
    private readonly Dictionary<string, string[]> _lists = [];
    private readonly Random _random;
    private readonly string[] _people;
    private readonly string[] _addresses;
    private readonly string[] _companies;
    private readonly string[] _places;

    public EntityTemplates(string path, IEnumerable<EntityText> annotated, IEnumerable<string> companies, Random random)
    {
        _random = random;
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0 && line[0] != '#'))
        {
            var colon = line.IndexOf(": ", StringComparison.Ordinal);
            if (colon > 0 && line[..colon].All(char.IsAsciiLetterLower))
                _lists[line[..colon]] = [.. line[(colon + 2)..].Split(' ').Select(value => value.Replace('_', ' '))];
            else
                _templates.Add(line.Replace("\\n", "\n", StringComparison.Ordinal));
        }

        _lists["first"] = [.. _lists["first"], .. FirstNames.Words.Split(' ').Select(name => string.Concat(char.ToUpperInvariant(name[0]), name[1..]))];
        _companies = [.. companies];
        var values = annotated.SelectMany(text => text.Spans.Select(span => (span.Start, Value: text.Text[span.Offset..span.End]))).ToList();
        _people = [.. values.Where(v => v.Start == Tag.PersonStart && v.Value.Length > 2).Select(v => v.Value).Distinct()];
        _places = [.. values.Where(v => v.Start == Tag.PlaceStart && v.Value.Length > 2).Select(v => v.Value).Distinct()];
        _addresses = [.. values.Where(v => v.Start == Tag.AddressStart && v.Value.Length > 15).Select(v => v.Value).Distinct()];
    }

    public IEnumerable<EntityText> Make(int count) => Enumerable.Range(0, count).Select(i => Fill(_templates[i % _templates.Count]));

    /// <summary>The same sentence about others: with other people, companies and places in it.</summary>
    public EntityText Refill(EntityText text)
    {
        var (refilled, spans, end) = (new StringBuilder(), new List<EntitySpan>(), 0);
        foreach (var span in text.Spans)
        {
            refilled.Append(text.Text, end, span.Offset - end);
            var old = text.Text[span.Offset..span.End];
            var value = span.Start switch
            {
                Tag.PersonStart => Value(old.Contains(' ', StringComparison.Ordinal) ? "person" : _random.Next(3) == 0 ? "last" : "first"),
                Tag.CompanyStart => Value("company"),
                Tag.PlaceStart => Value(_random.Next(3) == 0 ? "country" : "city"),
                _ => old,
            };
            spans.Add(new(span.Start, refilled.Length, refilled.Length + value.Length));
            refilled.Append(value);
            end = span.End;
        }

        return new(refilled.Append(text.Text, end, text.Text.Length - end).ToString(), spans);
    }

    private EntityText Fill(string template)
    {
        var (text, spans) = (new StringBuilder(), new List<EntitySpan>());
        for (var i = 0; i < template.Length; i++)
        {
            if (template[i] != '{')
            {
                text.Append(template[i]);
                continue;
            }

            var end = template.IndexOf('}', i);
            var slot = template[(i + 1)..end];
            var start = text.Length;
            text.Append(Value(slot));
            if (TagOf(slot) is var tag and not Tag.None)
                spans.Add(new(tag, start, text.Length));
            i = end;
        }

        return new(text.ToString(), spans);
    }

    private static Tag TagOf(string slot) => slot switch
    {
        "last" => Tag.PersonStart,
        _ when slot.StartsWith("person", StringComparison.Ordinal) || slot.StartsWith("first", StringComparison.Ordinal) => Tag.PersonStart,
        "address" => Tag.AddressStart,
        "city" or "country" => Tag.PlaceStart,
        "company" => Tag.CompanyStart,
        _ => Tag.None,
    };

    private string Value(string slot) => slot switch
    {
        "person" => _random.Next(3) == 0 ? Of(_people) : Pick("first") + " " + (_random.Next(8) == 0 ? (char)_random.Next('A', 'Z') + ". " : "") + Pick("last"),
        "last" => Pick("last"),
        "company" => Company(),
        "city" => _random.Next(3) == 0 ? Of(_places) : Pick("city"),
        "address" => _random.Next(4) == 0 ? Of(_addresses) : Address(),
        "number" => _random.Next(10000, 99999999).ToString(CultureInfo.InvariantCulture),
        "small" => _random.Next(1, 60).ToString(CultureInfo.InvariantCulture),
        "iban" => $"{(char)_random.Next('A', 'Z')}{(char)_random.Next('A', 'Z')}{_random.Next(10, 99)} {_random.Next(1000, 9999)} {_random.Next(1000, 9999)} {_random.Next(1000, 9999)} {_random.Next(1000, 9999)} {_random.Next(10, 99)}",
        "card" => _random.Next(2) == 0 ? $"4{_random.NextInt64(100000000000000, 999999999999999)}" : $"5{_random.Next(100, 999)} {_random.Next(1000, 9999)} {_random.Next(1000, 9999)} {_random.Next(1000, 9999)}",
        "email" => $"{Pick("first").ToLowerInvariant()}.{_random.Next(10, 99)}@example.com",
        "ip" => $"{_random.Next(1, 255)}.{_random.Next(256)}.{_random.Next(256)}.{_random.Next(256)}",
        "url" => $"https://www.example.com/{_random.Next(1000, 9999)}",
        "phone" => $"+{_random.Next(1, 99)} {_random.Next(100, 999)} {_random.Next(100000, 9999999)}",
        _ => Pick(slot),
    };

    private string Address()
    {
        var number = _random.Next(1, 300);
        var unit = _random.Next(5) switch { 0 => $" Apt {_random.Next(1, 99)}", 1 => $", Apt. {_random.Next(1, 99)}B", _ => "" };
        var short5 = _random.Next(10000, 99999);
        var country = _random.Next(3) == 0 ? ", " + Pick("country") : "";
        var separator = _random.Next(4) == 0 ? "\n" : ", ";
        return _random.Next(9) switch
        {
            0 or 1 => $"{number} {Pick("street")}{unit}{separator}{Pick("city")}, {State()} {short5}",
            2 => $"{number} {Pick("street")}{separator}{Pick("city")} {(char)_random.Next('A', 'Z')}{_random.Next(1, 30)} {_random.Next(1, 9)}{State()}{country}",
            3 or 4 => $"{Pick("strasse")} {number}{(_random.Next(6) == 0 ? "a" : "")}{separator}{short5} {Pick("city")}{country}",
            5 => $"{number}{(_random.Next(5) == 0 ? " bis" : "")} {Pick("rue")}{separator}{short5} {Pick("city")}{country}",
            6 => $"{Pick("calle")} {number}{(_random.Next(3) == 0 ? ", 3º B" : "")}{separator}{short5} {Pick("city")}{country}",
            7 => $"{number} {Pick("street")}{unit}",
            _ => _random.Next(2) == 0 ? $"{Pick("strasse")} {number}" : $"{number} {Pick("rue")}",
        };
    }

    // From a public list, by surnames as firms are, and by what they do.
    private string Company() => _random.Next(14) switch
    {
        < 4 => Of(_companies),
        4 => Invented() + (_random.Next(3) == 0 ? " " + Pick("trade") : ""),
        5 => Pick("company"),
        6 => $"{Pick("last")} {Pick("legal")}",
        7 => $"{Pick("last")}-{Pick("last")}",
        8 => $"{Pick("last")}, {Pick("last")} and {Pick("last")}",
        9 => $"{Pick("last")} {Pick("trade")}{Legal()}",
        10 or 11 => $"{Pick("word")} {Pick("trade")}{Legal()}",
        12 => $"{Pick("word")} {Pick("word")} {Pick("trade")}{Legal()}",
        _ => _random.Next(3) == 0 ? $"{Pick("gewerk")} {Pick("last")}{Legal()}" : $"{Pick("word")}{Pick("word").ToLowerInvariant()}{Legal()}",
    };

    private string Legal() => _random.Next(3) == 0 ? " " + Pick("legal") : "";

    private string State() => string.Concat((char)_random.Next('A', 'Z'), (char)_random.Next('A', 'Z'));

    // Names are endless: a part of them is made up, so that the tagger does not wait for those it knows.
    private string Invented()
    {
        string[] onsets = ["b", "br", "c", "ch", "d", "dr", "f", "g", "gr", "h", "j", "k", "kr", "l", "m", "n", "p", "ph", "r", "s", "sh", "st", "t", "th", "tr", "v", "w", "y", "z", ""];
        string[] vowels = ["a", "e", "i", "o", "u", "a", "e", "i", "o", "ia", "ei", "ou", "ö", "é"], codas = ["", "", "n", "r", "l", "s", "th", "ck", "nd", "rt", "m", "ng", "x"];
        var name = string.Concat(Enumerable.Range(0, _random.Next(2, 4)).Select(i => Of(onsets) + Of(vowels) + (i == 0 && _random.Next(2) == 0 ? "" : Of(codas))));
        return char.ToUpperInvariant(name[0]) + name[1..];
    }

    private string Pick(string list) => list is "first" or "last" && _random.NextDouble() < InventedShare || list is "city" && _random.NextDouble() < InventedShare / 2 ? Invented() : Known(list);

    private string Known(string list) => Of(_lists[list]).Replace('-', list == "last" ? ' ' : '-');

    private string Of(string[] values) => values[_random.Next(values.Length)];
}
