using System.Collections.Frozen;
using Microsoft.ML.OnnxRuntime;

namespace CustomerService.Nlu;

/// <summary>Makes a set of models of a folder, if it may answer messages.</summary>
internal static class ModelSetLoader
{
    /// <summary>Reads and checks the folder; takes half a second of one core, with an encoder of its own a second more.</summary>
    /// <param name="folder">Where <c>set.json</c> lies.</param>
    /// <param name="builtIn">Has what the folder lacks.</param>
    /// <returns>
    /// The set; or <see cref="RefusalKind.Conflict"/> <c>models.manifest_invalid</c>, <c>models.file_missing</c>, <c>models.hash_wrong</c>, <c>models.too_large</c>, <c>models.incomplete</c>,
    /// <c>models.encoder_differs</c>, <c>models.part_invalid</c>, or what <see cref="ModelSetCheck"/> refuses.
    /// </returns>
    public static Result<ModelSet> Load(string folder, ModelSet builtIn)
    {
        var (manifest, unreadable) = ModelManifest.Read(folder);
        if (unreadable is not null)
            return unreadable;
        if (Incomplete(manifest!) is { } incomplete)
            return incomplete;
        var (files, damaged) = manifest!.ReadFiles(folder);
        if (damaged is not null)
            return damaged;
        return Misfit(manifest, builtIn) is { } misfit ? misfit : Make(manifest, files!, builtIn);
    }

    private static Refusal? Incomplete(ModelManifest manifest)
    {
        var parts = manifest.Parts.ToList();
        if (parts.SelectMany(ModelParts.Needed).FirstOrDefault(file => !manifest.Files.ContainsKey(file)) is { } missing)
            return new(RefusalKind.Conflict, "models.incomplete", $"The set {manifest.Version} lacks {missing}.");
        return parts.Contains(ModelParts.Encoder) && ModelParts.OnVectors.FirstOrDefault(part => !parts.Contains(part)) is { } untrained
            ? new(RefusalKind.Conflict, "models.incomplete", $"The set {manifest.Version} has an encoder of its own, so it needs {untrained} trained on its vectors.")
            : null;
    }

    private static Refusal? Misfit(ModelManifest manifest, ModelSet builtIn)
    {
        if (!manifest.Parts.Intersect(ModelParts.OnVectors).Any())
            return null;
        var encoder = manifest.Files.GetValueOrDefault(ModelParts.EncoderFile) ?? builtIn.Encoder.Hash;
        return encoder.Equals(manifest.TrainedOn, StringComparison.OrdinalIgnoreCase)
            ? null
            : new(RefusalKind.Conflict, "models.encoder_differs", $"The set {manifest.Version} was trained on the vectors of the encoder {manifest.TrainedOn ?? "(trainedOn is missing)"}, but it would be used with {encoder}. Train it again.");
    }

    private static Result<ModelSet> Make(ModelManifest manifest, FrozenDictionary<string, byte[]> files, ModelSet builtIn)
    {
        var folder = new ModelFolder(file => files.TryGetValue(file, out var content) ? content : File.ReadAllBytes(Path.Combine(ModelFolder.PathBesideProgram, file)));
        TunedEncoder? encoder = null;
        try
        {
            var models = Models(manifest.Parts.ToHashSet(), folder, builtIn.Models);
            encoder = files.ContainsKey(ModelParts.EncoderFile) ? new TunedEncoder(folder) : null;
            var set = new ModelSet(manifest.Version, new Lazy<UnderstandingModels>(models), encoder is null ? new(builtIn.Encoder) : new(encoder), ownsEncoder: encoder is not null);
            if (ModelSetCheck.Refuse(set) is not { } refusal)
                return set;
            encoder?.Dispose();
            return refusal;
        }
        catch (Exception damage) when (damage is ModelFileException or OnnxRuntimeException || ModelFileException.IsDamage(damage))
        {
            encoder?.Dispose();
            var (what, why) = damage is ModelFileException file ? (file.File, file.InnerException!.Message) : ("encoder", damage.Message);
            return new Refusal(RefusalKind.Conflict, "models.part_invalid", $"The set {manifest.Version} cannot be used ({what}): {why}");
        }
    }

    private static UnderstandingModels Models(HashSet<string> parts, ModelFolder folder, UnderstandingModels builtIn) => new(
        parts.Contains(ModelParts.Language) ? folder.Languages() : builtIn.Languages,
        parts.Contains(ModelParts.Entities) ? folder.Entities() : builtIn.Entities,
        parts.Contains(ModelParts.Intents) ? new IntentClassifier(folder.Linear(ModelParts.Intents)) : builtIn.English,
        parts.Contains(ModelParts.IntentsMany) ? new IntentClassifier(folder.Linear(ModelParts.IntentsMany)) : builtIn.Others,
        parts.Contains(ModelParts.Sentiment) || parts.Contains(ModelParts.SentimentMany) ? folder.Sentiment() : builtIn.Sentiment);
}
