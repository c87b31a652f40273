using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CustomerService.Nlu;

/// <summary>Where the weights lie: a folder for each model.</summary>
/// <param name="read">The content of a file by its path, with slashes.</param>
internal sealed class ModelFolder(Func<string, byte[]> read)
{
    private const string EncoderSha256 = "6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d";

    public ModelFolder(string folder)
        : this(file => File.ReadAllBytes(Path.Combine(folder, file)))
    {
    }

    /// <summary>The models that come with the program, in a folder <c>models</c> beside it.</summary>
    public static ModelFolder BesideProgram { get; } = new(PathBesideProgram);

    public static string PathBesideProgram => Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The sentence encoder's weights, whose hash is checked.</summary>
    public EncoderWeights Encoder() => new(OriginalEncoder());

    /// <summary>The same, trained further on intents and moods.</summary>
    public EncoderWeights TunedEncoder() => new(OriginalEncoder(), Read(ModelParts.EncoderFile, file => new SafeTensors(file)));

    /// <summary>Names the tuned encoder: weights that were trained with one do not fit the vectors of another.</summary>
    public string TunedEncoderHash() => Read(ModelParts.EncoderFile, ModelManifest.Hash);

    public WordPiece Tokenizer() => Read("minilm/tokenizer.json", file => new WordPiece(file));

    /// <summary>Everything that understanding needs beside sentence vectors.</summary>
    public UnderstandingModels Understanding() => new(
        Languages(), Entities(), new IntentClassifier(Linear(ModelParts.Intents)), new IntentClassifier(Linear(ModelParts.IntentsMany)), Sentiment());

    public LanguageDetector Languages() => Read("language/language.bin", file => LanguageDetector.Load(new MemoryStream(file)));

    public EntityRecogniser Entities() => Read("entities/entities.bin", file => EntityRecogniser.Load(new MemoryStream(file)));

    public SentimentClassifier Sentiment() => new(
        Linear(ModelParts.Sentiment), SentimentClassifier.Trained.ToFrozenDictionary(code => code, code => Linear(ModelParts.SentimentMany, code)), Linear(ModelParts.SentimentMany), Lexicon());

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
            return parse(read(name));
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            throw new ModelFileException("nlu.model_missing", name, missing);
        }
        catch (Exception damage) when (ModelFileException.IsDamage(damage))
        {
            throw new ModelFileException("nlu.model_corrupt", name, damage);
        }
    }
}

/// <summary>A weight file is not there or not what it should be. The message tells the operator what to run.</summary>
public sealed class ModelFileException : Exception
{
    /// <summary>What a file that is not what it should be makes its readers throw.</summary>
    internal static bool IsDamage(Exception exception) =>
        exception is InvalidDataException or JsonException or ArgumentException or KeyNotFoundException or OverflowException or FormatException or InvalidOperationException or IndexOutOfRangeException;

    internal ModelFileException(string code, string file, Exception reason)
        : base($"{code}: the model file {file} cannot be used ({reason.Message.TrimEnd('.')}). Run ./run up: it installs the models again.", reason) => (Code, File) = (code, file);

    internal string File { get; }

    /// <summary><c>nlu.model_missing</c> or <c>nlu.model_corrupt</c>.</summary>
    public string Code { get; }
}
