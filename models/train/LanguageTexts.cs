namespace CustomerService.Training;

/// <summary>Prose of many sources, as <c>languages.py</c> gathers it: more of it than a pass can learn from, so every pass draws a part.</summary>
internal sealed class LanguageTexts
{
    private readonly Dictionary<string, string[]> _lines;
    private readonly Dictionary<string, int> _next = [];

    /// <param name="folder">Holds a folder for each source, with a file <c>code.txt</c> for each language.</param>
    /// <param name="random">Mixes the sources.</param>
    public LanguageTexts(string folder, Random random)
    {
        _lines = (from file in Directory.GetFiles(folder, "*.txt", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
                  from line in File.ReadLines(file)
                  group line by Path.GetFileNameWithoutExtension(file)).ToDictionary(group => group.Key, group => group.ToArray());
        foreach (var lines in _lines.Values)
            random.Shuffle(lines);
    }

    /// <summary>The next lines of each language with about this many words; a language with little text starts over, so that none is rarer than another.</summary>
    public IEnumerable<LanguageLine> Draw(Func<string, int> words)
    {
        foreach (var (code, lines) in _lines)
        {
            var next = _next.GetValueOrDefault(code);
            for (var left = words(code); left > 0; next++)
            {
                var line = lines[next % lines.Length];
                left -= WordsIn(line);
                yield return new(code, line);
            }

            _next[code] = next;
        }
    }

    /// <summary>Where there are no spaces, two characters stand for a word.</summary>
    public static int WordsIn(string line) => line.Any(c => c >= '\u3040' && c < '\uA000') ? line.Length / 2 + 1 : line.Count(c => c == ' ') + 1;
}
