using System.Text;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>The sets of models that there are: the one beside the program, and a folder each in <c>Nlu:Models</c>.</summary>
internal sealed class ModelDirectory(IOptions<NluOptions> options)
{
    private const int MaxSets = 100, MaxCardBytes = 64 << 10;
    private readonly string _root = Path.GetFullPath(options.Value.Models);

    /// <summary>Where a version lies; null when there is none.</summary>
    public string? FolderOf(string version) => ModelManifest.IsVersion(version) && Path.Combine(_root, version) is var folder && Directory.Exists(folder) ? folder : null;

    /// <summary>The built-in set, then the others, newest first. Reads their manifests and cards, not their weights.</summary>
    public ImmutableArray<ModelVersion> List()
    {
        var builtIn = new ModelVersion(ModelSet.BuiltInVersion, null, Parts(ModelFolder.PathBesideProgram, ModelParts.All), null);
        if (!Directory.Exists(_root))
            return [builtIn];
        var others = Directory.EnumerateDirectories(_root).Where(folder => ModelManifest.IsVersion(Path.GetFileName(folder))).Take(MaxSets).Select(Describe);
        return [builtIn, .. others.OrderByDescending(version => version.MadeAt).ThenBy(version => version.Version, StringComparer.Ordinal)];
    }

    private static ModelVersion Describe(string folder)
    {
        var (manifest, refusal) = ModelManifest.Read(folder);
        return manifest is null ? new(Path.GetFileName(folder), null, [], refusal) : new(manifest.Version, manifest.MadeAt, Parts(folder, manifest.Parts), null);
    }

    private static ImmutableArray<ModelPart> Parts(string folder, IEnumerable<string> parts) => [.. parts.Select(part => new ModelPart(part, Card(Path.Combine(folder, part, ModelParts.Card))))];

    private static string Card(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            var content = new byte[Math.Min(file.Length, MaxCardBytes)];
            file.ReadExactly(content);
            return Encoding.UTF8.GetString(content);
        }
        catch (Exception missing) when (missing is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
