using System.Text;
using System.Text.Json;
using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Reads the annotated texts that the tagger learns from.</summary>
internal static class EntityData
{
    /// <summary>Templates kept for evaluation: texts of one template never stand on both sides.</summary>
    public static bool IsHeldOut(int template) => template % 5 == 3;

    public static IEnumerable<(int Template, EntityText Text)> Presidio(string data)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(data, "presidio-research", "generated_large.json")));
        foreach (var item in document.RootElement.EnumerateArray())
        {
            var spans = from span in item.GetProperty("spans").EnumerateArray()
                        let tag = TagOf(span.GetProperty("entity_type").GetString()!)
                        let value = span.GetProperty("entity_value").GetString()!
                        where tag != Tag.None && !Gazetteer.IsTitle(value.TrimEnd('.').ToLowerInvariant())
                        orderby span.GetProperty("start_position").GetInt32()
                        select new EntitySpan(tag, span.GetProperty("start_position").GetInt32(), span.GetProperty("end_position").GetInt32());
            yield return (item.GetProperty("template_id").GetInt32(), new(item.GetProperty("full_text").GetString()!, [.. spans]));
        }
    }

    private static Tag TagOf(string type) => type switch
    {
        "PERSON" or "per" or "person" => Tag.PersonStart,
        "ADDRESS" => Tag.AddressStart,
        "LOCATION" or "LOC" or "location" => Tag.PlaceStart,
        "ORGANIZATION" or "ORG" or "corporation" => Tag.CompanyStart,
        "PER" => Tag.PersonStart,
        _ => Tag.None,
    };

    public static IEnumerable<EntityText> Wnut(string data) => Conll(Path.Combine(data, "wnut17", "train.conll"), word: 0, tag: 1);

    public static IEnumerable<EntityText> Germeval(string data) => Conll(Path.Combine(data, "germeval2014", "dev.tsv"), word: 1, tag: 2);

    private static IEnumerable<EntityText> Conll(string path, int word, int tag)
    {
        var (text, spans) = (new StringBuilder(), new List<EntitySpan>());
        foreach (var line in File.ReadLines(path).Append(""))
        {
            var columns = line.Split('\t');
            if (columns.Length <= tag || columns[0] == "#")
            {
                if (text.Length > 0)
                    yield return new(text.ToString(), spans);
                (text, spans) = (new(), []);
                continue;
            }

            if (text.Length > 0 && !(columns[word].Length == 1 && ".,!?:;".Contains(columns[word][0], StringComparison.Ordinal)) && !columns[word].StartsWith('\''))
                text.Append(' ');
            var (start, end) = (text.Length, text.Length + columns[word].Length);
            text.Append(columns[word]);
            var type = TagOf(columns[tag].Length > 2 ? columns[tag][2..] : "");
            if (columns[tag].StartsWith("B-", StringComparison.Ordinal) && type != Tag.None)
                spans.Add(new(type, start, end));
            else if (columns[tag].StartsWith("I-", StringComparison.Ordinal) && type != Tag.None && spans.Count > 0)
                spans[^1] = spans[^1] with { End = end };
        }
    }

    /// <summary>Questions to a bank, which name next to nobody: what must stay untagged.</summary>
    public static IEnumerable<EntityText> Plain(string data) =>
        File.ReadLines(Path.Combine(data, "banking77", "train.csv")).Skip(1).Where((_, i) => i % 8 == 0)
            .Select(line => new EntityText(line[..Math.Max(0, line.LastIndexOf(','))].Trim('"'), []));
}
