using System.Globalization;
using System.Text;
using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Makes annotated texts from our own templates and lists, and from the names in annotated texts.</summary>
internal sealed class EntityTemplates
{
    private readonly List<string> _templates = [];
    private readonly Dictionary<string, string[]> _lists = [];
    private readonly Random _random;
    private readonly string[] _people;
    private readonly string[] _addresses;

    public EntityTemplates(string path, IEnumerable<EntityText> annotated, Random random)
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

        var values = annotated.SelectMany(text => text.Spans.Select(span => (span.Start, Value: text.Text[span.Offset..span.End]))).ToList();
        _people = [.. values.Where(v => v.Start == Tag.PersonStart && v.Value.Length > 2).Select(v => v.Value).Distinct()];
        _addresses = [.. values.Where(v => v.Start == Tag.AddressStart && v.Value.Length > 15).Select(v => v.Value).Distinct()];
    }

    public IEnumerable<EntityText> Make(int count) => Enumerable.Range(0, count).Select(i => Fill(_templates[i % _templates.Count]));

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
        "person" or "first" or "last" => Tag.PersonStart,
        "address" => Tag.AddressStart,
        "city" or "country" => Tag.PlaceStart,
        "company" => Tag.CompanyStart,
        _ => Tag.None,
    };

    private string Value(string slot) => slot switch
    {
        "person" => _random.Next(3) == 0 ? Of(_people) : Pick("first") + " " + (_random.Next(8) == 0 ? (char)_random.Next('A', 'Z') + ". " : "") + Pick("last"),
        "last" => Pick("last"),
        "address" => _random.Next(4) == 0 ? Of(_addresses) : Address(),
        "number" => _random.Next(10000, 99999999).ToString(CultureInfo.InvariantCulture),
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

    private string State() => string.Concat((char)_random.Next('A', 'Z'), (char)_random.Next('A', 'Z'));

    private string Pick(string list) => Of(_lists[list]).Replace('-', list == "last" ? ' ' : '-');

    private string Of(string[] values) => values[_random.Next(values.Length)];
}
