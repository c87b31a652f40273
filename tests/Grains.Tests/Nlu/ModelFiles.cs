namespace CustomerService.Nlu;

/// <summary>Finds the committed models, above the folder that the tests run in.</summary>
internal static class ModelFiles
{
    public static string Path(string folder, string file)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            var path = System.IO.Path.Combine(directory.FullName, "models", folder, file);
            if (File.Exists(path))
                return path;
        }

        throw new FileNotFoundException($"No models/{folder}/{file} above {AppContext.BaseDirectory}.");
    }
}
