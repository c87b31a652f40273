using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>What <c>set.json</c> says of a set of models.</summary>
/// <param name="Version">The set's name, which is also its folder's.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="TrainedOn">SHA-256 of the encoder's file (<see cref="ModelParts.EncoderFile"/>) whose vectors intents and sentiment were trained on; null when it has neither.</param>
/// <param name="Files">SHA-256 of each file by its path below the folder, with slashes.</param>
internal sealed partial record ModelManifest(string Version, DateTimeOffset MadeAt, string? TrainedOn, IReadOnlyDictionary<string, string> Files)
{
    public const string FileName = "set.json";
    private const int MaxFiles = 100;
    private const long MaxBytes = 256 << 20;
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web) { WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public IEnumerable<string> Parts => ModelParts.All.Where(part => Files.Keys.Any(file => file.StartsWith(part + "/", StringComparison.Ordinal)));

    /// <summary>Whether a set may be called this. Nothing else ever becomes part of a path.</summary>
    public static bool IsVersion(string name) => VersionPattern().IsMatch(name) && name != ModelSet.BuiltInVersion;

    /// <summary>Describes a folder as it is now.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static ModelManifest Of(string folder, DateTimeOffset madeAt, string builtInEncoder)
    {
        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/')).Where(IsOfPart).Order(StringComparer.Ordinal)
            .ToDictionary(file => file, file => Hash(File.ReadAllBytes(Path.Combine(folder, file))), StringComparer.Ordinal);
        var readsVectors = ModelParts.OnVectors.Any(part => files.ContainsKey($"{part}/model.safetensors"));
        return new(Path.GetFileName(Path.GetFullPath(folder)), madeAt, readsVectors ? files.GetValueOrDefault(ModelParts.EncoderFile, builtInEncoder) : null, files);
    }

    public string Write() => JsonSerializer.Serialize(this, _json) + "\n";

    /// <summary>Reads <c>set.json</c> alone.</summary>
    public static Result<ModelManifest> Read(string folder)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize<ModelManifest>(File.ReadAllText(Path.Combine(folder, FileName)), _json);
            return manifest is not null && Wrong(manifest, Path.GetFileName(Path.GetFullPath(folder))) is not { } wrong ? manifest : Invalid($"{(manifest is null ? "it is empty" : Wrong(manifest, Path.GetFileName(Path.GetFullPath(folder))))}");
        }
        catch (Exception damage) when (damage is JsonException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return Invalid(damage.Message);
        }
    }

    /// <summary>The files, each as its hash says.</summary>
    public Result<FrozenDictionary<string, byte[]>> ReadFiles(string folder)
    {
        var (contents, total) = (new Dictionary<string, byte[]>(StringComparer.Ordinal), 0L);
        foreach (var (file, hash) in Files)
        {
            var info = new FileInfo(Path.Combine(folder, file));
            if (!info.Exists)
                return new Refusal(RefusalKind.Conflict, "models.file_missing", $"The set {Version} has no file {file}.");
            if ((total += info.Length) > MaxBytes)
                return new Refusal(RefusalKind.Conflict, "models.too_large", $"The set {Version} has more than {MaxBytes >> 20} MiB.");
            contents[file] = File.ReadAllBytes(info.FullName);
            if (Hash(contents[file]) is var found && !found.Equals(hash, StringComparison.OrdinalIgnoreCase))
                return new Refusal(RefusalKind.Conflict, "models.hash_wrong", $"The file {file} of the set {Version} is not the one that {FileName} names: its sha256 is {found}.");
        }

        return contents.ToFrozenDictionary(StringComparer.Ordinal);
    }

    internal static string Hash(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content));

    private static Refusal Invalid(string why) => new(RefusalKind.Conflict, "models.manifest_invalid", $"The set's {FileName} cannot be used: {why.TrimEnd('.')}.");

    private static string? Wrong(ModelManifest manifest, string folder)
    {
        if (!IsVersion(manifest.Version) || manifest.Version != folder)
            return $"its version must be the folder's name, {folder}: at most 64 of a-z, 0-9, '.', '_' and '-'";
        if (manifest.Files.Count is 0 or > MaxFiles)
            return $"it must name 1 to {MaxFiles} files";
        return manifest.Files.Keys.FirstOrDefault(file => !IsOfPart(file)) is { } stranger ? $"{stranger} belongs to no part ({string.Join(", ", ModelParts.All)})" : null;
    }

    // A part's folder and a plain name in it: nothing that leads elsewhere.
    private static bool IsOfPart(string file) => FilePattern().Match(file) is { Success: true } match && ModelParts.All.Contains(match.Groups["part"].Value);

    [GeneratedRegex(@"^[a-z0-9][a-z0-9._-]{0,63}\z", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"^(?<part>[a-z-]+)/[A-Za-z0-9_-][A-Za-z0-9._-]*\z", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.TimeoutMilliseconds)]
    private static partial Regex FilePattern();
}
