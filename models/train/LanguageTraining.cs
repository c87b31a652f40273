using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Trains the n-gram models of the scripts in which more than one language is written, and writes them to one file.</summary>
internal static class LanguageTraining
{
    private static readonly (WritingSystem Script, int Bits)[] s_models =
        [(WritingSystem.Latin, 17), (WritingSystem.Cyrillic, 15), (WritingSystem.Arabic, 14), (WritingSystem.Han, 15)];

    // Phrases count more than news: they are what contacts write.
    private const int PhraseRepeats = 15;

    // Words of the lists that a pass draws for each language, beside 50,000 of texts.
    private const int ListedWords = 15_000;

    private const int Epochs = 8, Remembered = 2;

    public static void Run(string data, string packages, string output)
    {
        var (train, calibrate, heldOut) = LanguageData.Ntrex(data);
        var random = new Random(1);
        var lists = LanguageWords.Read(packages, train);
        train.AddRange(LanguageData.WithoutEnglish(LanguageData.Tweets(data), [.. lists["en"]]));
        train.AddRange(LanguageData.Chats(data));
        train.AddRange(LanguageData.Noise(random, 3000));
        calibrate.AddRange(LanguageData.Noise(random, 300));
        var phrases = LanguageData.Phrases(Path.Combine(AppContext.BaseDirectory, "language-phrases.txt")).ToList();
        var hinglish = LanguageData.Hinglish(Path.Combine(AppContext.BaseDirectory, "language-hinglish.txt")).ToList();
        calibrate.AddRange(hinglish.Where((_, i) => i % 8 == 0));
        hinglish = [.. hinglish.Where((_, i) => i % 8 != 0)];
        for (var i = 0; i < PhraseRepeats; i++)
            train.AddRange([.. phrases, .. hinglish]);

        var models = s_models.Select(m => Train(m.Script, m.Bits, train, lists, calibrate)).ToList();
        using (var file = File.Create(output))
            LanguageModelFile.Write(file, models);
        LanguageScore.Print(LanguageDetector.Load(output), heldOut);
    }

    private static NgramModel Train(WritingSystem script, int bits, List<LanguageLine> train, Dictionary<string, string[]> lists, List<LanguageLine> calibrate)
    {
        string[] classes = [.. train.Where(line => Words(line.Text, script, bits).Length > 2 || line.Code == NgramModel.Noise && script == WritingSystem.Latin)
            .GroupBy(line => line.Code).Where(group => group.Count() >= 400).Select(group => group.Key).Order(StringComparer.Ordinal)];
        var samples = Samples(train, script, bits, classes);
        var trainer = new LinearTrainer(classes.Length, bits, seed: 1);
        var random = new Random(5);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            Sample[] all = [.. samples, .. Samples(LanguageWords.Draw(lists, ListedWords, random), script, bits, classes)];
            trainer.Epoch(all, c => WordsPerEpoch(script, classes[c]), rate: 0.15f * (1 - epoch / (float)Epochs) + 0.01f, decay: 1e-5f);
            if (epoch >= Epochs - Remembered)
                trainer.Remember(1f / Remembered);
        }

        var model = Quantize(script, classes, bits, trainer.Mean, new(1, 0));
        return Quantize(script, classes, bits, trainer.Mean, LanguageCalibration.Fit(model, Samples(calibrate, script, bits, classes)));
    }

    // Texts in ideograms alone are seldom Japanese; foreign languages matter less than the 23.
    private static int WordsPerEpoch(WritingSystem script, string code) =>
        script == WritingSystem.Han && code == "ja" ? 10_000 : Languages.All.Contains(code) ? code == "hi" ? 12_000 : 60_000 : 20_000;

    private static Sample[] Samples(IEnumerable<LanguageLine> lines, WritingSystem script, int bits, string[] classes) =>
        [.. from line in lines
            let index = Array.IndexOf(classes, line.Code)
            where index >= 0
            let words = Words(line.Text, script, bits)
            where words.Length > 0
            select new Sample(index, words)];

    private static int[][] Words(string text, WritingSystem script, int bits)
    {
        var words = new List<int[]>();
        Span<int> buckets = stackalloc int[Ngrams.MaxPerWord];
        if (script == WritingSystem.Han)
            text = ShortRuns(text);
        var reader = new WordReader(text, stackalloc char[WordReader.MaxLetters]);
        while (reader.Next())
        {
            if (reader.Script == script)
                words.Add(buckets[..Ngrams.Of(reader.Word, bits, buckets)].ToArray());
        }

        return [.. words];
    }

    // Text without spaces is cut into pieces of the length of words; Japanese is told from Chinese by ideograms alone.
    private static string ShortRuns(string text) =>
        string.Join(' ', string.Concat(text.Select(c => WritingSystems.Of(c) == WritingSystem.Kana ? ' ' : c)).Chunk(3).Select(c => new string(c)));

    private static NgramModel Quantize(WritingSystem script, string[] classes, int bits, float[] weights, NgramModel.Calibration scale)
    {
        // The few largest weights are cut so that the others keep their precision.
        var largest = weights.Where(w => w != 0).Select(Math.Abs).Order().ToArray() is { Length: > 0 } sorted ? sorted[(int)(sorted.Length * 0.9995)] : 1;
        return new(script, classes, bits, scale, [.. weights.Select(w => (sbyte)Math.Clamp(MathF.Round(w / largest * 127), -127, 127))]);
    }

    private static double WordAccuracy(NgramModel model, Sample[] samples)
    {
        var (right, all) = (0, 0);
        Span<int> sums = stackalloc int[model.Stride];
        foreach (var sample in samples.Where(sample => model.IsKnown(sample.Class)))
        {
            foreach (var word in sample.Words)
            {
                sums.Clear();
                LanguageCalibration.Add(model, word, sums);
                all++;
                right += LanguageCalibration.Best(model, sums) == sample.Class ? 1 : 0;
            }
        }

        return (double)right / all;
    }
}
