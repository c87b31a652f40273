using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>Tells in which language a message is written.</summary>
internal interface ILanguageDetector
{
    /// <summary>The language of a text, or unknown for digits, emoji, gibberish and languages beyond the 23.</summary>
    /// <param name="text">Of this, 600 characters count.</param>
    /// <param name="spoken">The conversation's language so far: weighs in the odds, so it decides what could be several languages and nothing else.</param>
    LanguagePrediction Detect(ReadOnlySpan<char> text, string? spoken = null);
}

/// <summary>Tells languages apart by script first, then by character n-grams.</summary>
internal sealed class LanguageDetector : ILanguageDetector
{
    private const int MaxCharacters = 600;
    private const int MaxStride = 32;

    // Foreign languages are only believed when there is enough text: a Spanish word is often a Catalan word as well.
    private const int LettersForForeign = 20;
    private const float ForeignOdds = 0.8f;

    // How much likelier than any other language the conversation's own is, before its message is read.
    private const float SpokenOdds = 30;

    // "ok" and "5 kg" in a conversation of another script say nothing of a language.
    private const int LettersForChange = 5;

    private readonly NgramModel?[] _models = new NgramModel?[WritingSystems.Count];

    internal LanguageDetector(IEnumerable<NgramModel> models)
    {
        foreach (var model in models)
            _models[(int)model.Script] = model;
    }

    /// <summary>Reads the model file.</summary>
    /// <exception cref="InvalidDataException">The file is not a language model, or is damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static LanguageDetector Load(string path)
    {
        using var file = File.OpenRead(path);
        return Load(file);
    }

    /// <inheritdoc cref="Load(string)"/>
    public static LanguageDetector Load(Stream stream) => new(LanguageModelFile.Read(stream));

    public LanguagePrediction Detect(ReadOnlySpan<char> text, string? spoken = null)
    {
        text = text[..Math.Min(text.Length, MaxCharacters)];
        Span<int> letters = stackalloc int[WritingSystems.Count];
        Span<char> buffer = stackalloc char[WordReader.MaxLetters];
        var reader = new WordReader(text, buffer);
        while (reader.Next())
            letters[(int)reader.Script] += LettersOf(reader.Script, reader.Word.Length);

        return MainScript(letters) switch
        {
            WritingSystem.None or WritingSystem.Other => new(Languages.Unknown, 1),
            WritingSystem.Greek => Direct("el", letters[(int)WritingSystem.Greek]),
            WritingSystem.Hebrew => Direct("he", letters[(int)WritingSystem.Hebrew]),
            WritingSystem.Devanagari => Direct("hi", letters[(int)WritingSystem.Devanagari]),
            WritingSystem.Hangul => Direct("ko", letters[(int)WritingSystem.Hangul]),
            WritingSystem.Kana => Direct("ja", letters[(int)WritingSystem.Kana]),
            var script => ByModel(text, buffer, _models[(int)script], letters[(int)script], spoken),
        };
    }

    // A syllable or an ideogram says as much as two or three letters of an alphabet.
    private static int LettersOf(WritingSystem script, int length) =>
        script is WritingSystem.Han or WritingSystem.Kana or WritingSystem.Hangul ? length * 3 : length;

    private static WritingSystem MainScript(ReadOnlySpan<int> letters)
    {
        var main = WritingSystem.None;
        for (var script = WritingSystem.Latin; script <= WritingSystem.Other; script++)
        {
            if (letters[(int)script] > letters[(int)main])
                main = script;
        }

        // Japanese without kana is rare beyond single words; kana in Chinese are rarer.
        var kana = letters[(int)WritingSystem.Kana];
        return main == WritingSystem.Han && kana * 4 >= letters[(int)WritingSystem.Han] ? WritingSystem.Kana : main;
    }

    private static LanguagePrediction Direct(string code, int letters) => new(code, 1 - 0.1 / letters);

    private static LanguagePrediction ByModel(ReadOnlySpan<char> text, Span<char> buffer, NgramModel? model, int letters, string? spoken)
    {
        if (model is null)
            return new(Languages.Unknown, 0);
        Span<int> sums = stackalloc int[MaxStride];
        sums.Clear();
        var ngrams = 0;
        var reader = new WordReader(text, buffer);
        while (reader.Next())
        {
            if (reader.Script == model.Script)
                ngrams += model.Add(reader.Word, sums);
        }

        Span<float> odds = stackalloc float[model.Classes.Length];
        model.Probabilities(sums, ngrams, odds);
        if (spoken is not null && !Favour(model, odds, spoken) && letters < LettersForChange)
            return new(Languages.Unknown, 0);
        return Decide(model, odds, letters);
    }

    private static bool Favour(NgramModel model, Span<float> odds, string spoken)
    {
        var index = Array.IndexOf(model.Classes, spoken);
        if (index < 0)
            return false;
        odds[index] *= SpokenOdds;
        var total = TensorPrimitives.Sum<float>(odds);
        TensorPrimitives.Divide(odds, total, odds);
        return true;
    }

    private static LanguagePrediction Decide(NgramModel model, ReadOnlySpan<float> odds, int letters)
    {
        var (known, foreign, foreignOdds) = (-1, -1, 0f);
        for (var i = 0; i < odds.Length; i++)
        {
            ref var best = ref model.IsKnown(i) ? ref known : ref foreign;
            if (best < 0 || odds[i] > odds[best])
                best = i;
            foreignOdds += model.IsKnown(i) ? 0 : odds[i];
        }

        if (foreign >= 0 && odds[foreign] > odds[known] && (letters >= LettersForForeign || model.IsNoise(foreign)) && foreignOdds >= ForeignOdds)
            return new(Languages.Unknown, foreignOdds);
        return new(model.Classes[known], odds[known]);
    }
}
