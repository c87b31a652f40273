using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CustomerService.Nlu;

/// <summary>Where the weights lie: a folder <c>models</c> beside the program, one folder inside for each model.</summary>
internal sealed class ModelFolder(string folder)
{
    private const string EncoderSha256 = "6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d";

    public static ModelFolder BesideProgram { get; } = new(Path.Combine(AppContext.BaseDirectory, "models"));

    /// <summary>The sentence encoder's weights, whose hash is checked.</summary>
    public EncoderWeights Encoder() => new(OriginalEncoder());

    /// <summary>The same, trained further on intents and moods.</summary>
    public EncoderWeights TunedEncoder() => new(OriginalEncoder(), Read("encoder/model.safetensors", file => new SafeTensors(file)));

    public WordPiece Tokenizer() => Read("minilm/tokenizer.json", file => new WordPiece(file));

    /// <summary>Everything that understanding needs beside sentence vectors.</summary>
    public UnderstandingModels Understanding() => new(
        Read("language/language.bin", file => LanguageDetector.Load(new MemoryStream(file))),
        Read("entities/entities.bin", file => EntityRecogniser.Load(new MemoryStream(file))),
        new IntentClassifier(Linear("intents")),
        new IntentClassifier(Linear("intents-many")),
        new SentimentClassifier(Linear("sentiment"), SentimentClassifier.Trained.ToFrozenDictionary(code => code, code => Linear("sentiment-many", code)), Linear("sentiment-many"), Lexicon()));

    public LinearModel Linear(string name, string part = "model") => Read($"{name}/{part}.safetensors", file => new LinearModel(new SafeTensors(file)));

    public SentimentLexicon Lexicon() =>
        Read("sentiment/lexicon.tsv", file => new SentimentLexicon(Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries)));

    private SafeTensors OriginalEncoder() => Read("minilm/model.fp16.safetensors", file =>
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return hash == EncoderSha256 ? new SafeTensors(file) : throw new InvalidDataException($"its sha256 is {hash}");
    });

    private T Read<T>(string name, Func<byte[], T> parse)
    {
        try
        {
            return parse(File.ReadAllBytes(Path.Combine(folder, name)));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException("nlu.model_missing", name, missing);
        }
        catch (Exception damage) when (damage is InvalidDataException or JsonException or ArgumentException or KeyNotFoundException or OverflowException or FormatException)
        {
            throw new ModelFileException("nlu.model_corrupt", name, damage);
        }
    }
}

/// <summary>A weight file is not there or not what it should be. The message tells the operator what to run.</summary>
public sealed class ModelFileException : Exception
{
    internal ModelFileException(string code, string file, Exception reason)
        : base($"{code}: the model file {file} cannot be used ({reason.Message.TrimEnd('.')}). Run ./run up: it installs the models again.", reason) => Code = code;

    /// <summary><c>nlu.model_missing</c> or <c>nlu.model_corrupt</c>.</summary>
    public string Code { get; }
}
