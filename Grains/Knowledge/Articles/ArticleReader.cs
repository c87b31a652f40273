using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Knowledge;

/// <summary>Turns a source file into an article and its passages. Knows no clock and no file system.</summary>
internal sealed class ArticleReader(int maxBytes, int maxPassageLength)
{
    private const int VersionDigits = 12;
    private static readonly UTF8Encoding _strictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads one file.</summary>
    /// <param name="path">Its path below the source folder, with '/' between folders.</param>
    /// <param name="bytes">Its content.</param>
    /// <returns>The article, null when it cannot be used at all; and what is wrong, null when nothing is.</returns>
    public (IndexedArticle? Article, string? Problem) Read(string path, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > maxBytes)
            return (null, $"{path} is larger than {maxBytes:N0} bytes (Knowledge:MaxArticleBytes).");
        if (!TryDecode(bytes, out var source))
            return (null, $"{path} is not UTF-8.");

        var (head, bodyStart, problem) = FrontMatter.Read(source);
        if (head is null)
            return (null, $"{path} {problem}.");

        MarkdownReader body;
        try { body = MarkdownReader.Read(source[bodyStart..], head.Language); }
        catch (ArgumentException tooDeep) when (tooDeep.Message.Contains("depth", StringComparison.Ordinal))
        {
            return (null, $"{path} has Markdown that is nested too deeply.");
        }

        var version = Convert.ToHexStringLower(SHA256.HashData(bytes))[..VersionDigits];
        var article = new Article(
            head.Id, version, head.Title, head.Language, head.Audience, head.UpdatedAt, source[bodyStart..], body.Html, Section(path, head.Language));
        var passages = body.Sections.SelectMany(s => Cut(article, s.HeadingPath, s.Statements)).ToImmutableArray();
        var note = body.Problem ?? (passages.IsEmpty ? "has no text below its front matter" : null);
        return (new IndexedArticle(article, passages), note is null ? null : $"{path} {note}.");
    }

    private IEnumerable<IndexedPassage> Cut(Article article, string headingPath, List<Statement> statements)
    {
        for (var first = 0; first < statements.Count;)
        {
            var count = 1;
            while (first + count < statements.Count && End(statements[first + count]) - statements[first].Offset <= maxPassageLength)
                count++;
            var part = statements.GetRange(first, count);
            var offset = part[0].Offset;
            var passage = new Passage(
                article.Id, article.Version, article.Title, headingPath, offset, part.Max(End) - offset,
                string.Join(' ', part.Select(s => s.Text)), article.Language, article.UpdatedAt);
            yield return new IndexedPassage(passage, article.Audience, article.Section, [.. part]);
            first += count;
        }
    }

    private static int End(Statement statement) => statement.Offset + statement.Length;

    // help/<language>/<section>/<file> and help/<section>/<file> have the same section.
    private static string Section(string path, string language)
    {
        var folder = Path.GetDirectoryName(path)?.Replace('\\', '/') ?? "";
        return folder == language ? "" : folder.StartsWith(language + "/", StringComparison.Ordinal) ? folder[(language.Length + 1)..] : folder;
    }

    private static bool TryDecode(ReadOnlySpan<byte> bytes, out string text)
    {
        if (bytes.StartsWith(Encoding.UTF8.Preamble))
            bytes = bytes[Encoding.UTF8.Preamble.Length..];
        try { text = _strictUtf8.GetString(bytes); }
        catch (DecoderFallbackException) { text = ""; }
        return text.Length > 0 || bytes.IsEmpty;
    }
}
