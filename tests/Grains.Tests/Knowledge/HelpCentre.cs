using System.Security.Cryptography;
using System.Text;
using System.Numerics.Tensors;

namespace CustomerService.Knowledge;

/// <summary>A small help centre in a folder of its own, for tests.</summary>
internal sealed class HelpCentre : IDisposable
{
    public const string Delivery = "# Delivery\n\n## Time\n\nA parcel to Norway takes **5 days**. A parcel to Spain takes 3 days.\n\n## Price\n\nA parcel to Norway costs €9.\n";

    public string Path { get; } = Directory.CreateTempSubdirectory("help-").FullName;

    public static ArticleReader Reader { get; } = new(maxBytes: 65_536, maxPassageLength: 1_200);

    public ArticleFolder Folder => new(Path, Reader, maxArticles: 100, maxBytes: 65_536);

    public static string Source(string id, string body, string language = "en", string audience = "public", string updated = "2026-01-01", string title = "A title") =>
        $"---\nid: {id}\ntitle: {title}\nlanguage: {language}\naudience: {audience}\nupdated: {updated}\n---\n{body}";

    public static IndexedArticle Article(string id, string body, string language = "en", string audience = "public", string updated = "2026-01-01", string title = "A title")
    {
        var (article, problem) = Reader.Read($"{id}.md", Encoding.UTF8.GetBytes(Source(id, body, language, audience, updated, title)));
        return article ?? throw new InvalidOperationException(problem);
    }

    public static KnowledgeIndex Index(params IndexedArticle[] articles) => new(articles, _ => null);

    public void Write(string file, string text)
    {
        var path = System.IO.Path.Combine(Path, file);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>Vectors that say how many words two texts share: enough to tell what is near.</summary>
internal sealed class WordVectors : ITextVectors
{
    public string Model => "words";

    public int Dimensions => 64;

    public int Encoded { get; private set; }

    public bool Knows(string language) => language == "en";

    public void Encode(ReadOnlySpan<string> texts, Span<float> vectors)
    {
        for (var i = 0; i < texts.Length; i++, Encoded++)
        {
            var vector = vectors.Slice(i * Dimensions, Dimensions);
            vector.Clear();
            vector[0] = 0.01f;
            foreach (var word in Words.Split(texts[i]))
                vector[SHA256.HashData(Encoding.UTF8.GetBytes(word))[0] % Dimensions]++;
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        }
    }
}
