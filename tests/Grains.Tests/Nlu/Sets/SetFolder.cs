using System.Text;

namespace CustomerService.Nlu.Sets;

/// <summary>A directory of sets of models, made of the built-in parts with small changes; deleted at the end.</summary>
internal sealed class SetFolder : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("model-sets-");

    public string Path => _root.FullName;

    /// <summary>Names the intents of <c>Several</c> otherwise, so that it shows who answered.</summary>
    public static (string From, string To)[] OtherNames { get; } = [("cancel_order", "cancel_0rder"), ("check_invoice", "check_1nvoice")];

    /// <summary>Copies parts of the built-in set and writes the manifest.</summary>
    /// <param name="version">The folder's name.</param>
    /// <param name="parts">What to copy.</param>
    /// <param name="names">Texts of the weight files to be replaced by others of the same length.</param>
    public string Add(string version, string[] parts, params (string From, string To)[] names)
    {
        foreach (var part in parts)
        {
            var from = System.IO.Path.Combine(ModelFolder.PathBesideProgram, part);
            Directory.CreateDirectory(System.IO.Path.Combine(Path, version, part));
            foreach (var file in Directory.EnumerateFiles(from))
                File.WriteAllBytes(System.IO.Path.Combine(Path, version, part, System.IO.Path.GetFileName(file)), Changed(File.ReadAllBytes(file), names));
        }

        return Describe(version);
    }

    /// <summary>A set with an encoder that differs from the built-in one by a hair.</summary>
    public string AddWithEncoder(string version)
    {
        var file = System.IO.Path.Combine(Add(version, [ModelParts.Encoder, ModelParts.Intents, ModelParts.Sentiment], OtherNames), ModelParts.EncoderFile);
        var content = File.ReadAllBytes(file);
        content[^2] ^= 1;
        File.WriteAllBytes(file, content);
        return Describe(version);
    }

    /// <summary>Writes the manifest of what is there.</summary>
    public string Describe(string version)
    {
        var folder = System.IO.Path.Combine(Path, version);
        File.WriteAllText(System.IO.Path.Combine(folder, ModelManifest.FileName), ModelManifest.Of(folder, DateTimeOffset.UnixEpoch, ModelFolder.BesideProgram.TunedEncoderHash()).Write());
        return folder;
    }

    public void Dispose() => _root.Delete(recursive: true);

    // In the header of a safetensors file: its length must stay.
    private static byte[] Changed(byte[] content, (string From, string To)[] names)
    {
        foreach (var (from, to) in names)
        {
            for (var at = content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(from)); at >= 0 && from.Length == to.Length; at = content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(from)))
                Encoding.UTF8.GetBytes(to).CopyTo(content, at);
        }

        return content;
    }
}
