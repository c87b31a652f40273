using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Trains the n-gram models of the scripts in which more than one language is written, and writes them to one file.</summary>
internal static class LanguageTraining
{
    private static readonly (WritingSystem Script, int Buckets)[] s_models =
        [(WritingSystem.Latin, 200_000), (WritingSystem.Cyrillic, 60_000), (WritingSystem.Arabic, 10_000), (WritingSystem.Han, 60_000)];

    // Phrases count more than news: they are what contacts write; news more than the handbooks and games that the texts are of.
    private const int PhraseRepeats = 20, NewsRepeats = 1;

    // Words of a language in a pass: all of the data sets, some of its list, and from the texts what is left, so that no language is favoured.
    private const int WordsPerPass = 160_000, ListedWords = 15_000;

    private const int Epochs = 8, Remembered = 2;

    public static void Run(string data, string texts, string packages, string output)
    {
        var (train, calibrate, heldOut) = LanguageData.Ntrex(data);
        var random = new Random(1);
        var lists = LanguageWords.Read(packages, train);
        train = [.. Enumerable.Repeat(train, NewsRepeats).SelectMany(lines => lines)];
        train.AddRange(LanguageData.WithoutEnglish(LanguageData.Tweets(data), [.. lists["en"]]));
        train.AddRange(LanguageData.Chats(data));
        train.AddRange(LanguageData.Noise(random, 8000));
        calibrate.AddRange(LanguageData.Noise(random, 300));
        var phrases = LanguageData.Phrases(Path.Combine(AppContext.BaseDirectory, "language-phrases.txt")).ToList();
        var hinglish = LanguageData.Hinglish(Path.Combine(AppContext.BaseDirectory, "language-hinglish.txt")).ToList();
        calibrate.AddRange(hinglish.Where((_, i) => i % 8 == 0));
        hinglish = [.. hinglish.Where((_, i) => i % 8 != 0)];
        for (var i = 0; i < PhraseRepeats; i++)
            train.AddRange([.. phrases, .. hinglish]);

        var models = s_models.Select(m => Train(m.Script, m.Buckets, train, new LanguageTexts(texts, new Random(4)), lists, calibrate)).ToList();
        using (var file = File.Create(output))
            LanguageModelFile.Write(file, models);
        LanguageScore.Print(LanguageDetector.Load(output), heldOut);
    }

    private static NgramModel Train(WritingSystem script, int buckets, List<LanguageLine> train, LanguageTexts texts, Dictionary<string, string[]> lists, List<LanguageLine> calibrate)
    {
        var classes = Classes(script, train);
        var samples = Samples(train, script, buckets, classes);
        var trainer = new LinearTrainer(classes.Length, buckets, seed: 1);
        var random = new Random(5);
        var perPass = classes.ToDictionary(code => code, code => (int)(WordsPerPass * Share(script, code)));
        var own = samples.GroupBy(sample => classes[sample.Class]).ToDictionary(group => group.Key, group => group.Sum(sample => sample.Words.Length));
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            Sample[] all = [.. samples, .. Samples(LanguageWords.Draw(lists, ListedWords, random), script, buckets, classes),
                .. Samples(texts.Draw(code => perPass.GetValueOrDefault(code) - own.GetValueOrDefault(code) - (lists.ContainsKey(code) ? ListedWords : 0)), script, buckets, classes)];
            trainer.Epoch(all, c => perPass[classes[c]], rate: 0.15f * (1 - epoch / (float)Epochs) + 0.01f, decay: 1e-5f);
            if (epoch >= Epochs - Remembered)
                trainer.Remember(1f / Remembered);
        }

        var model = Quantize(script, classes, buckets, trainer.Mean, new(1, 0));
        return Quantize(script, classes, buckets, trainer.Mean, LanguageCalibration.Fit(model, Samples(calibrate, script, buckets, classes)));
    }

    // The languages of which not just some names are written in the script.
    private static string[] Classes(WritingSystem script, List<LanguageLine> train) =>
        [.. from line in train
            group IsWrittenIn(script, line) by line.Code into language
            let own = language.Count(own => own)
            where own >= 400 && own > language.Count() / 4
            orderby language.Key
            select language.Key];

    private static bool IsWrittenIn(WritingSystem script, LanguageLine line) =>
        line.Code == NgramModel.Noise ? script == WritingSystem.Latin : Words(line.Text, script, 1).Length > 2;

    // Texts in ideograms alone are seldom Japanese; foreign languages, and Hindi in Latin letters, are seldomer than the others.
    private static double Share(WritingSystem script, string code) =>
        script == WritingSystem.Han && code == "ja" ? 0.17 : !Languages.All.Contains(code) ? 0.33 : code == "hi" ? 0.1 : 1;

    private static Sample[] Samples(IEnumerable<LanguageLine> lines, WritingSystem script, int buckets, string[] classes) =>
        [.. from line in lines
            let index = Array.IndexOf(classes, line.Code)
            where index >= 0
            let words = Words(line.Text, script, buckets)
            where words.Length > 0
            select new Sample(index, words)];

    private static int[][] Words(string text, WritingSystem script, int size)
    {
        var words = new List<int[]>();
        Span<int> buckets = stackalloc int[Ngrams.MaxPerWord];
        if (script == WritingSystem.Han)
            text = ShortRuns(text);
        var reader = new WordReader(text, stackalloc char[WordReader.MaxLetters]);
        while (reader.Next())
        {
            if (reader.Script == script)
                words.Add(buckets[..Ngrams.Of(reader.Word, size, buckets)].ToArray());
        }

        return [.. words];
    }

    // Text without spaces is cut into pieces of the length of words; Japanese is told from Chinese by ideograms alone.
    private static string ShortRuns(string text) =>
        string.Join(' ', string.Concat(text.Select(c => WritingSystems.Of(c) == WritingSystem.Kana ? ' ' : c)).Chunk(2).Select(c => new string(c)));

    private static NgramModel Quantize(WritingSystem script, string[] classes, int buckets, float[] weights, NgramModel.Calibration scale)
    {
        // The few largest weights are cut so that the others keep their precision.
        var largest = weights.Where(w => w != 0).Select(Math.Abs).Order().ToArray() is { Length: > 0 } sorted ? sorted[(int)(sorted.Length * 0.9995)] : 1;
        return new(script, classes, buckets, scale, [.. weights.Select(w => (sbyte)Math.Clamp(MathF.Round(w / largest * 127), -127, 127))]);
    }
}
