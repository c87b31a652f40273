using System.Text;
using System.Text.Json;
using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Reads the annotated texts that the tagger learns from.</summary>
internal static class EntityData
{
    private static readonly string[] s_taught = ["en", "de", "fr", "es", "it", "pt", "nl"];

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
        "LOCATION" or "LOC" or "location" or "place_name" or "city" or "country" or "state" => Tag.PlaceStart,
        "ORGANIZATION" or "ORG" or "corporation" or "business_name" or "restaurant_name" => Tag.CompanyStart,
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

    /// <summary>Spoken commands in lower case, with people, places and shops.</summary>
    public static IEnumerable<EntityText> Hwu(string data)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(data, "hwu64", "rasa_kfold1_train_entities.json")));
        foreach (var item in document.RootElement.GetProperty("rasa_nlu_data").GetProperty("common_examples").EnumerateArray())
        {
            var spans = from span in item.GetProperty("entities").EnumerateArray()
                        let tag = TagOf(span.GetProperty("entity").GetString()!)
                        where tag != Tag.None
                        select new EntitySpan(tag, span.GetProperty("start").GetInt32(), span.GetProperty("end").GetInt32());
            yield return new(item.GetProperty("text").GetString()!, [.. spans]);
        }
    }

    /// <summary>Commands about restaurants and weather, with towns and countries.</summary>
    public static IEnumerable<EntityText> Snips(string data)
    {
        var folder = Path.Combine(data, "snips");
        foreach (var ((intent, text), tags) in File.ReadLines(Path.Combine(folder, "train.label")).Zip(File.ReadLines(Path.Combine(folder, "train.seq.in"))).Zip(File.ReadLines(Path.Combine(folder, "train.seq.out"))))
        {
            if (intent.Trim() is not ("BookRestaurant" or "GetWeather"))
                continue;
            var (words, labels) = (text.Split(' ', StringSplitOptions.RemoveEmptyEntries), tags.Split(' ', StringSplitOptions.RemoveEmptyEntries));
            var (line, spans) = (new StringBuilder(), new List<EntitySpan>());
            for (var i = 0; i < words.Length; i++)
            {
                line.Append(i == 0 ? "" : " ").Append(words[i]);
                var type = TagOf(labels[i].Length > 2 ? labels[i][2..] : "");
                if (type == Tag.None)
                    continue;
                if (labels[i][0] == 'B')
                    spans.Add(new(type, line.Length - words[i].Length, line.Length));
                else if (spans.Count > 0)
                    spans[^1] = spans[^1] with { End = line.Length };
            }

            yield return new(line.ToString(), spans);
        }
    }

    /// <summary>Names of companies, as they are called rather than registered.</summary>
    public static IEnumerable<string> Companies(string data) =>
        from line in File.ReadLines(Path.Combine(data, "presidio-research", "companies_and_organizations.csv")).Skip(1)
        let name = line.Trim().Trim('"')
        where name.Length is > 2 and < 40 && char.IsUpper(name[0]) && !name.Any(c => char.IsDigit(c) || "()/\"+\\".Contains(c, StringComparison.Ordinal)) && name.Count(c => c == ' ') < 5
        select name;

    /// <summary>Lower-case words that are common in running text, and so are no names.</summary>
    public static IEnumerable<string> CommonWords(string data)
    {
        var texts = ((string[])["eng-US", "eng-GB", "deu", "fra", "spa", "ita", "por", "nld"]).Select(code => Path.Combine(data, "ntrex", $"newstest2019.{code}.txt")).Where(File.Exists).SelectMany(File.ReadLines)
            .Concat(Plain(data).Select(text => text.Text)).Concat(Hwu(data).Where(text => text.Spans.Count == 0).Select(text => text.Text))
            .Concat(s_taught.SelectMany(Own));
        return texts.SelectMany(text => Tokens.Of(text).Select(token => text.Substring(token.Offset, token.Length)))
            .Where(word => char.IsLower(word[0])).GroupBy(word => word.ToLowerInvariant()).Where(group => group.Count() > 1).Select(group => group.Key);
    }

    /// <summary>What contacts write in our own training sentences of intents, which name nobody; of the languages without annotated texts every fourth: more, and hardly a name is found in any.</summary>
    public static IEnumerable<string> Own() => s_taught.SelectMany(Own).Concat(OwnLanguages().Except(s_taught).SelectMany(Own).Where((_, i) => i % 4 == 0));

    private static IEnumerable<string> Own(string language) =>
        File.ReadLines(OwnPath(language)).Select(line => line.Split('\t')).Where(columns => columns.Length > 1).Select(columns => columns[^1]);

    private static IEnumerable<string> OwnLanguages() => Directory.EnumerateFiles(Path.GetDirectoryName(OwnPath(""))!).Select(path => Path.GetFileNameWithoutExtension(path)[^2..]).Order(StringComparer.Ordinal);

    private static string OwnPath(string language) => Path.Combine(AppContext.BaseDirectory, "own", $"intents-{language}.tsv");

    /// <summary>Questions to a bank and to a shop, which name next to nobody: what must stay untagged.</summary>
    public static IEnumerable<EntityText> Plain(string data) =>
        File.ReadLines(Path.Combine(data, "banking77", "train.csv")).Skip(1)
            .Select(line => line[..Math.Max(0, line.LastIndexOf(','))].Trim('"'))
            .Concat(File.ReadLines(Path.Combine(data, "bitext-customer-support", "bitext_2023-08_6480_entities.csv"))
                .Select(line => line.Split(',')).Where(columns => columns.Length > 4 && columns[0] == "customer support").Select(columns => columns[2]).Distinct())
            .Select(text => new EntityText(text, []));
}
