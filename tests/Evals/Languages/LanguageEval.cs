using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Languages on the last 400 lines of each NTREX file, which the trainer leaves out: whole lines, pairs of words, single words.</summary>
internal static class LanguageEval
{
    private const int HeldOutLines = 400;

    // Two spellings of a language share its lines.
    private static readonly (string Code, string[] Files)[] _files =
    [
        ("ar", ["arb"]), ("cs", ["ces"]), ("da", ["dan"]), ("de", ["deu"]), ("el", ["ell"]), ("en", ["eng-US"]), ("es", ["spa"]), ("fi", ["fin"]), ("fr", ["fra"]), ("he", ["heb"]),
        ("hi", ["hin"]), ("it", ["ita"]), ("ja", ["jpn"]), ("ko", ["kor"]), ("nl", ["nld"]), ("no", ["nob"]), ("pl", ["pol"]), ("pt", ["por", "por-BR"]), ("ru", ["rus"]),
        ("sv", ["swe"]), ("tr", ["tur"]), ("uk", ["ukr"]), ("zh", ["zho-CN", "zho-TW"]),
    ];

    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        var detector = LanguageDetector.Load(Path.Combine(options.Root, "models/language/language.bin"));
        var lines = HeldOut(options.Data).ToList();
        foreach (var (_, text) in lines)
            detector.Detect(text);
        var start = Environment.CpuUsage.TotalTime;
        foreach (var (_, text) in lines)
            detector.Detect(text);
        var microseconds = (Environment.CpuUsage.TotalTime - start).TotalMicroseconds / lines.Count;

        // The peer is eld 2.1.0 limited to the 23 languages (LIMITS: measured on other cuts of the same lines).
        return
        [
            new("nlu.language_sentence", Accuracy("sentences", detector, lines), "share", Peer: 0.9955),
            new("nlu.language_pair", Accuracy("pairs of words", detector, Cut(lines, 2)), "share", Peer: 0.916),
            new("nlu.language_word", Accuracy("single words", detector, Cut(lines, 1)), "share", Peer: 0.805),
            new("nlu.language_word_ceiling", Ceiling(lines), "share"),
            new("nlu.language_word_ceiling_apart", CeilingApart(lines), "share"),
            new("nlu.language_hinglish", Accuracy("Hindi in Latin letters", detector, Own(options, "hinglish.txt").ConvertAll(line => ("hi", line))), "share"),
            new("nlu.language_mixed", Accuracy("mixed languages and scripts", detector, Own(options, "mixed.tsv").ConvertAll(line => (line.Split('\t')[0], line.Split('\t')[2]))), "share"),
            new("nlu.language_us", microseconds, "µs CPU"),
        ];
    }

    private static double Accuracy(string title, LanguageDetector detector, List<(string Code, string Text)> texts)
    {
        var answers = texts.ConvertAll(text => (text.Code, Said: detector.Detect(text.Text)));
        Report.Classes("language of " + title, answers.Select(answer => (answer.Code, answer.Said.Code)));
        var gap = answers.GroupBy(answer => (int)(answer.Said.Confidence * 10)).Sum(group => Math.Abs(group.Sum(a => a.Said.Confidence - (a.Code == a.Said.Code ? 1 : 0)))) / answers.Count;
        Console.WriteLine($"  confidence is off by {gap:P1} (expected calibration error, ten bins)");
        return answers.Average(answer => answer.Code == answer.Said.Code ? 1.0 : 0);
    }

    private static List<string> Own(EvalOptions options, string file) => [.. File.ReadLines(Path.Combine(options.Root, "tests/Evals/Languages", file))];

    // What would be right if one knew how often each language uses each word in these very lines: a word that two languages share cannot be right in both.
    private static double Ceiling(List<(string Code, string Text)> lines)
    {
        var (totals, words) = Counts(lines);
        return words.Sum(word => word.Max(count => count.Value / totals[count.Key.Code])) / totals.Count;
    }

    // The same with each word judged by all its other occurrences, as any model must; one that occurs nowhere else counts as right.
    private static double CeilingApart(List<(string Code, string Text)> lines)
    {
        var (totals, words) = Counts(lines);
        return words.Sum(word => word.Where(own => word.All(other => other.Key == own.Key || other.Value / totals[other.Key.Code] < (own.Value - 1) / totals[own.Key.Code]))
            .Sum(own => own.Value / totals[own.Key.Code])) / totals.Count;
    }

    private static (Dictionary<string, double> Totals, List<IGrouping<string, KeyValuePair<(string Code, string Word), double>>> Words) Counts(List<(string Code, string Text)> lines)
    {
        var words = lines.SelectMany(line => Pieces(line.Code, line.Text).Select(word => (line.Code, Word: word.ToLowerInvariant()))).ToList();
        return (words.CountBy(pair => pair.Code).ToDictionary(pair => pair.Key, pair => (double)pair.Value),
            [.. words.CountBy(pair => pair).Select(pair => KeyValuePair.Create(pair.Key, (double)pair.Value)).GroupBy(pair => pair.Key.Word)]);
    }

    private static IEnumerable<(string Code, string Text)> HeldOut(string data)
    {
        foreach (var (code, files) in _files)
        {
            var texts = files.Select(file => File.ReadAllLines(Path.Combine(data, "ntrex", $"newstest2019.{file}.txt"))).ToList();
            for (var i = texts[0].Length - HeldOutLines; i < texts[0].Length; i++)
                yield return (code, texts[i % texts.Count][i]);
        }
    }

    private static bool IsSpaced(string code) => code is not ("ja" or "zh");

    // Text without spaces is cut by characters: two stand for a word.
    private static string[] Pieces(string code, string text) => IsSpaced(code)
        ? [.. text.Split([' ', '\u00A0']).Select(word => word.Trim([.. ",.;:!?\"“”„«»()'’‘-–—।…،"])).Where(word => word.Length > 0 && word.All(c => WritingSystems.Of(c) != WritingSystem.None || c is '\'' or '’' or '-'))]
        : [.. text.Where(c => WritingSystems.Of(c) is WritingSystem.Han or WritingSystem.Kana).Chunk(2).Where(chunk => chunk.Length == 2).Select(chunk => new string(chunk))];

    private static List<(string, string)> Cut(List<(string Code, string Text)> lines, int words)
    {
        var random = new Random(3);
        var cuts = new List<(string, string)>();
        foreach (var (code, text) in lines)
        {
            var pieces = Pieces(code, text);
            if (pieces.Length >= words)
                cuts.Add((code, string.Join(IsSpaced(code) ? " " : "", pieces.Skip(random.Next(pieces.Length - words + 1)).Take(words))));
        }

        return cuts;
    }
}
