using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Knowledge;

/// <summary>Every version of every article that was ever indexed, one file each: what was cited once stays readable.</summary>
internal sealed partial class ArticleArchive(string folder)
{
    /// <summary>Keeps a version; one that is kept already is left alone.</summary>
    public void Keep(Article article)
    {
        var path = PathOf(article.Id, article.Version);
        if (File.Exists(path))
            return;

        Directory.CreateDirectory(folder);
        var unfinished = path + ".new";
        File.WriteAllBytes(unfinished, JsonSerializer.SerializeToUtf8Bytes(article, Json.Default.Article));
        File.Move(unfinished, path, overwrite: true);
    }

    /// <summary>A version, null when it was never indexed here or its file is damaged.</summary>
    public async Task<Article?> FindAsync(ArticleId article, string version, CancellationToken cancellationToken)
    {
        if (!version.All(char.IsAsciiHexDigit))
            return null;
        try
        {
            await using var file = File.OpenRead(PathOf(article, version));
            return await JsonSerializer.DeserializeAsync(file, Json.Default.Article, cancellationToken);
        }
        catch (Exception missing) when (missing is IOException or JsonException)
        {
            return null;
        }
    }

    // Neither part can hold a separator: an id is a slug, a version is hexadecimal.
    private string PathOf(ArticleId article, string version) => Path.Combine(folder, $"{article}@{version}.json");

    [JsonSerializable(typeof(Article))]
    [JsonSourceGenerationOptions(UseStringEnumConverter = true)]
    private sealed partial class Json : JsonSerializerContext;
}
