namespace CustomerService.Knowledge;

/// <summary>The folder that articles come from. Reads again only what changed since the last look.</summary>
internal sealed class ArticleFolder(string path, ArticleReader reader, int maxArticles, long maxBytes)
{
    private static readonly EnumerationOptions _everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };
    private Dictionary<string, Entry> _entries = [];

    /// <summary>Looks the folder through.</summary>
    /// <returns>What it holds now, and whether that differs from the last time.</returns>
    public FolderState Read()
    {
        if (!Directory.Exists(path))
            return Differ([], [$"The folder {path} does not exist (Knowledge:Path)."]);

        List<string> problems = [];
        var files = new DirectoryInfo(path).EnumerateFiles("*.md", _everywhere).OrderBy(f => f.FullName, StringComparer.Ordinal).ToArray();
        if (files.Length > maxArticles)
            problems.Add($"The folder holds {files.Length} articles; only the first {maxArticles} are read (Knowledge:MaxArticles).");

        var entries = files.Take(maxArticles).Select(ReadFile).OfType<Entry>().ToDictionary(e => e.Path, StringComparer.Ordinal);
        return Differ(entries, problems);
    }

    private FolderState Differ(Dictionary<string, Entry> entries, List<string> problems)
    {
        var changed = entries.Count != _entries.Count || entries.Values.Any(e => !_entries.TryGetValue(e.Path, out var known) || !ReferenceEquals(known, e));
        _entries = entries;
        Dictionary<ArticleId, (IndexedArticle Article, string Path)> articles = [];
        foreach (var entry in entries.Values.OrderBy(e => e.Path, StringComparer.Ordinal))
        {
            if (entry.Problem is not null)
                problems.Add(entry.Problem);
            if (entry.Article is { } article && !articles.TryAdd(article.Article.Id, (article, entry.Path)))
                problems.Add($"{entry.Path} has the same id as {articles[article.Article.Id].Path} and is left out: {article.Article.Id}.");
        }

        return new FolderState([.. articles.Values.Select(a => a.Article)], [.. problems], changed);
    }

    private Entry? ReadFile(FileInfo file)
    {
        var name = Path.GetRelativePath(path, file.FullName).Replace('\\', '/');
        try
        {
            var (writtenAt, length) = (file.LastWriteTimeUtc, file.Length);
            if (_entries.TryGetValue(name, out var known) && known.WrittenAt == writtenAt && known.Length == length)
                return known;
            // A file that is far too large is not even read.
            var (article, problem) = length > maxBytes ? reader.Read(name, new byte[maxBytes + 1]) : reader.Read(name, File.ReadAllBytes(file.FullName));
            return new Entry(name, writtenAt, length, article, problem);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return new Entry(name, default, -1, null, $"{name} cannot be read: {unreadable.GetType().Name}.");
        }
    }

    private sealed record Entry(string Path, DateTime WrittenAt, long Length, IndexedArticle? Article, string? Problem);
}

/// <summary>What a folder holds.</summary>
/// <param name="Articles">Those that can be used, each id once.</param>
/// <param name="Problems">What is wrong, in words for the author.</param>
/// <param name="Changed">Whether any file differs from the last look.</param>
internal sealed record FolderState(ImmutableArray<IndexedArticle> Articles, ImmutableArray<string> Problems, bool Changed);
