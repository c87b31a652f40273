using System.Security.Cryptography;

namespace CustomerService.Nlu;

/// <summary>Where the weights lie: a folder <c>models</c> beside the program, one folder inside for each model.</summary>
internal sealed class ModelFolder(string folder)
{
    private const string EncoderSha256 = "6638f625a0a60bdaa1e34c5fee0a17c705f13b98b43a7973e9d366106a55273d";

    public static ModelFolder BesideProgram { get; } = new(Path.Combine(AppContext.BaseDirectory, "models"));

    /// <summary>The sentence encoder's weights, whose hash is checked.</summary>
    public SafeTensors Encoder()
    {
        const string name = "minilm/model.fp16.safetensors";
        var file = Read(name);
        var hash = Convert.ToHexStringLower(SHA256.HashData(file));
        return hash == EncoderSha256 ? new SafeTensors(file) : throw new ModelFileException("nlu.model_corrupt", name, $"its sha256 is {hash}");
    }

    public byte[] Tokenizer() => Read("minilm/tokenizer.json");

    /// <summary>A trained model of ours, by its folder's name.</summary>
    public LinearModel Linear(string name)
    {
        var path = name + "/model.safetensors";
        var file = Read(path);
        try { return new LinearModel(new SafeTensors(file)); }
        catch (Exception damage) when (damage is InvalidDataException or System.Text.Json.JsonException or ArgumentException or KeyNotFoundException or OverflowException)
        {
            throw new ModelFileException("nlu.model_corrupt", path, damage.Message);
        }
    }

    public byte[] Read(string name)
    {
        var path = Path.Combine(folder, name);
        try { return File.ReadAllBytes(path); }
        catch (IOException missing) { throw new ModelFileException("nlu.model_missing", name, missing.Message); }
    }
}

/// <summary>A weight file is not there or not what it should be. The message tells the operator what to run.</summary>
internal sealed class ModelFileException(string code, string file, string reason)
    : Exception($"{code}: the model file {file} cannot be used ({reason}). Run ./run up: it installs the models again.")
{
    public string Code => code;
}
