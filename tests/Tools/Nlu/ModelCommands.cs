namespace CustomerService.Nlu;

/// <summary><c>./run models</c>: describes and checks a set of models without a server.</summary>
internal static class ModelCommands
{
    /// <summary>Writes the manifest of what lies in the folder.</summary>
    public static int Make(string folder)
    {
        var manifest = ModelManifest.Of(folder, DateTimeOffset.UtcNow, ModelFolder.BesideProgram.TunedEncoderHash());
        var path = Path.Combine(folder, ModelManifest.FileName);
        File.WriteAllText(path, manifest.Write());
        Console.WriteLine($"{path}: version {manifest.Version} with {string.Join(", ", manifest.Parts)}");
        return 0;
    }

    /// <summary>All that activating does but take over.</summary>
    public static int Check(string folder)
    {
        using var encoder = new TunedEncoder(ModelFolder.BesideProgram);
        var builtIn = new ModelSet(ModelSet.BuiltInVersion, new(ModelFolder.BesideProgram.Understanding), new(encoder), ownsEncoder: false);
        var (set, refusal) = ModelSetLoader.Load(folder, builtIn);
        if (refusal is not null)
        {
            Console.Error.WriteLine($"{refusal.Code}: {refusal.Detail}");
            return 1;
        }

        Console.WriteLine($"{set!.Version} may answer; its own: {string.Join(", ", ModelManifest.Read(folder).ValueOrThrow().Parts)}");
        set.Release();
        return 0;
    }
}
