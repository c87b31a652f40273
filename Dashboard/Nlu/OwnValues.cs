using System.Text;

namespace CustomerService.Nlu;

/// <summary>The values of a list as people write them: one a line, other forms behind a bar.</summary>
internal static class OwnValues
{
    public static string Write(ImmutableArray<OwnEntityValue> values) =>
        string.Join('\n', values.Select(value => string.Join(" | ", value.Forms.Prepend(value.Value))));

    public static ImmutableArray<OwnEntityValue> Read(string text) => Of(Lines(text).Select(line => line.Split('|')));

    /// <summary>Reads a file: a value a line, other forms behind it, separated by tabs, semicolons or commas, whichever the first line has that has any; quoted as in CSV.</summary>
    public static ImmutableArray<OwnEntityValue> ReadFile(string content)
    {
        var lines = Lines(content).ToList();
        var separator = lines.Select(line => line.FirstOrDefault(c => c is '\t' or ';' or ',')).FirstOrDefault(c => c != default);
        return Of(lines.Select(line => Fields(line, separator)));
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static ImmutableArray<OwnEntityValue> Of(IEnumerable<IEnumerable<string>> lines) =>
    [
        .. lines.Select(fields => fields.Select(field => field.Trim()).Where(field => field.Length > 0).ToList())
            .Where(fields => fields.Count > 0)
            .Select(fields => new OwnEntityValue(fields[0], [.. fields.Skip(1)])),
    ];

    private static List<string> Fields(string line, char separator)
    {
        var (fields, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"' && isQuoted && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[++i]);
            else if (line[i] == '"' && (isQuoted || field.Length == 0))
                isQuoted = !isQuoted;
            else if (line[i] == separator && !isQuoted)
                (_, field) = (Add(), new());
            else
                field.Append(line[i]);
        }

        _ = Add();
        return fields;

        bool Add()
        {
            fields.Add(field.ToString());
            return true;
        }
    }
}
