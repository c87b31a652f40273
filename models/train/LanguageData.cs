using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>A line of text in a known language; weight 1 is one occurrence.</summary>
internal sealed record LanguageLine(string Code, string Text);

/// <summary>Reads the texts that the language model learns from.</summary>
internal static class LanguageData
{
    /// <summary>The last lines of every NTREX file are for evaluation alone, those before them for calibration.</summary>
    public const int HeldOutLines = 400, CalibrationLines = 150;

    // Two spellings of a language share its code; a code beyond the 23 is learnt so that it can be answered as unknown.
    private static readonly (string File, string Code)[] s_ntrex =
    [
        ("arb", "ar"), ("ces", "cs"), ("dan", "da"), ("deu", "de"), ("ell", "el"), ("eng-US", "en"), ("spa", "es"), ("fin", "fi"), ("fra", "fr"), ("heb", "he"),
        ("hin", "hi"), ("ita", "it"), ("jpn", "ja"), ("kor", "ko"), ("nld", "nl"), ("nob", "no"), ("pol", "pl"), ("por", "pt"), ("por-BR", "pt"), ("rus", "ru"),
        ("swe", "sv"), ("tur", "tr"), ("ukr", "uk"), ("zho-CN", "zh"), ("zho-TW", "zh"),
        ("cat", "ca"), ("hrv", "hr"), ("hun", "hu"), ("ind", "id"), ("fil", "fil"), ("ron", "ro"), ("slk", "sk"), ("srp-Latn", "hr"), ("vie", "vi"),
        ("bul", "bg"), ("fas", "fa"), ("urd", "ur"),
    ];

    private static readonly (string Folder, string Code)[] s_tweets =
        [("arabic", "ar"), ("english", "en"), ("french", "fr"), ("german", "de"), ("hindi", "hi"), ("italian", "it"), ("portuguese", "pt"), ("spanish", "es")];

    private static readonly string[] s_chats = ["ar", "da", "de", "en", "it", "ja", "nl", "no", "tr", "zh"];

    public static (List<LanguageLine> Train, List<LanguageLine> Calibrate, List<LanguageLine> HeldOut) Ntrex(string data)
    {
        var (train, calibrate, heldOut) = (new List<LanguageLine>(), new List<LanguageLine>(), new List<LanguageLine>());
        foreach (var (file, code) in s_ntrex)
        {
            var lines = File.ReadAllLines(Path.Combine(data, "ntrex", $"newstest2019.{file}.txt"));
            for (var i = 0; i < lines.Length; i++)
            {
                var fromEnd = lines.Length - i;
                var part = fromEnd <= HeldOutLines ? heldOut : fromEnd <= HeldOutLines + CalibrationLines ? calibrate : train;
                if (part != heldOut || IsFirstOrOdd(code, file, i))
                    part.Add(new(code, lines[i]));
            }
        }

        return (train, calibrate, heldOut);
    }

    // Of two spellings of a language, one line each is kept for evaluation, so that every language counts the same.
    private static bool IsFirstOrOdd(string code, string file, int line) =>
        s_ntrex.Count(pair => pair.Code == code) == 1 || (s_ntrex.First(pair => pair.Code == code).File == file) == (line % 2 == 0);

    public static IEnumerable<LanguageLine> Tweets(string data) =>
        from pair in s_tweets
        from line in File.ReadLines(Path.Combine(data, "xlm-t-sentiment", pair.Folder, "train_text.txt"))
        let words = line.Split(' ').Where(word => word is not ("@user" or "http" or "") && word[0] is not ('#' or '@'))
        where pair.Code != "hi" || words.Count(word => s_hindi.Contains(Bare(word))) >= 2
        select new LanguageLine(pair.Code, string.Join(' ', words));

    private static string Bare(string word) => word.ToLowerInvariant().Trim('.', ',', '!', '?', '"', '\'');

    /// <summary>Hindi tweets in Latin letters are mixed with English; what is left are the words that are not among the common English ones.</summary>
    public static IEnumerable<LanguageLine> WithoutEnglish(IEnumerable<LanguageLine> tweets, HashSet<string> english) =>
        tweets.Select(line => line.Code != "hi" ? line : line with { Text = string.Join(' ', line.Text.Split(' ').Where(word => s_hindi.Contains(Bare(word)) || !english.Contains(Bare(word)))) });

    private static readonly HashSet<string> s_hindi =
        [.. "hai hain ho hoon nahi nahin ki ka ke ko se mein kya kyu kyun aur bhi tha thi kar karo raha rahi rahe hua hui toh jo yeh woh koi sab apne apna mera meri mere tum aap hum tak sirf bahut bohot accha acha bhai yaar abhi phir fir gaya gayi gaye hota hoti hote kuch kuchh liye wala wale wali jab jaise kaise kab kahan kaha ek unka uska iska inka".Split(' ')];

    public static IEnumerable<LanguageLine> Chats(string data) =>
        from code in s_chats
        from line in File.ReadLines(Path.Combine(data, "xsid", $"{code}.valid.conll")).Where(line => line.StartsWith("# text = ", StringComparison.Ordinal)).Take(300)
        select new LanguageLine(code, line["# text = ".Length..]);

    /// <summary>Our own everyday phrases, <c>code: phrase | phrase</c> a line.</summary>
    public static IEnumerable<LanguageLine> Phrases(string path) =>
        from line in File.ReadLines(path)
        where line.Length > 0 && line[0] != '#'
        let colon = line.IndexOf(':', StringComparison.Ordinal)
        from phrase in line[(colon + 1)..].Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        select new LanguageLine(line[..colon], phrase);

    /// <summary>Our own Hindi in Latin letters, a message a line.</summary>
    public static IEnumerable<LanguageLine> Hinglish(string path) =>
        from line in File.ReadLines(path) where line.Length > 0 && line[0] != '#' select new LanguageLine("hi", line);

    /// <summary>Keys struck at random, repeated letters and codes: what is in no language.</summary>
    public static IEnumerable<LanguageLine> Noise(Random random, int count)
    {
        string[] rows = ["qwertyuiop", "asdfghjkl", "zxcvbnm", "asdf", "jkl", "qwer", "sdfg", "hjkl"];
        const string Consonants = "bcdfghjklmnpqrstvwxz", Letters = "abcdefghijklmnopqrstuvwxyz";
        for (var i = 0; i < count; i++)
        {
            var length = random.Next(4, 14);
            var row = rows[random.Next(rows.Length)];
            var letters = random.Next(4) switch { 0 => Consonants, 1 => Letters, _ => row };
            var start = random.Next(letters.Length);
            yield return new(NgramModel.Noise, random.Next(3) == 0
                ? string.Concat(Enumerable.Range(0, length).Select(k => row[(start + k) % row.Length]))
                : string.Concat(Enumerable.Range(0, length).Select(_ => letters[random.Next(letters.Length)])));
        }
    }
}
