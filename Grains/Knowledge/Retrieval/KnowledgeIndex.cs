namespace CustomerService.Knowledge;

/// <summary>Everything that can be found at one moment. Immutable: an edit makes a new one, readers keep theirs.</summary>
internal sealed class KnowledgeIndex
{
    private readonly ImmutableDictionary<ArticleId, IndexedArticle> _articles;
    private readonly ImmutableDictionary<string, LanguageIndex> _languages;

    /// <param name="articles">All current articles.</param>
    /// <param name="vectorsFor">How to find a text's vector in a language; null for a language without vectors.</param>
    public KnowledgeIndex(IReadOnlyCollection<IndexedArticle> articles, Func<string, Func<string, float[]?>?> vectorsFor)
    {
        _articles = articles.ToImmutableDictionary(a => a.Article.Id);
        _languages = articles.GroupBy(a => a.Article.Language)
            .ToImmutableDictionary(g => g.Key, g => new LanguageIndex(g.Key, [.. g.SelectMany(a => a.Passages)], vectorsFor(g.Key)));
        Rows = [.. articles.Select(a => Row(a.Article)).OrderBy(r => r.Section, StringComparer.Ordinal).ThenBy(r => r.Title, StringComparer.Ordinal)];
    }

    public static KnowledgeIndex Empty { get; } = new([], _ => null);

    public ImmutableArray<ArticleRow> Rows { get; }

    public IEnumerable<LanguageIndex> Languages => _languages.Values;

    public int Passages => _languages.Values.Sum(l => l.Passages.Length);

    public IndexedArticle? Find(ArticleId article) => _articles.GetValueOrDefault(article);

    public LanguageIndex? In(string language) => _languages.GetValueOrDefault(language);

    /// <summary>The language whose articles have most of a text's words; null when none has any.</summary>
    public string? BestLanguage(string text) => _languages.Values
        .Select(l => (l.Language, Score: l.SearchWords(l.Read(text, model: null).Terms).Values.DefaultIfEmpty(0).Max()))
        .Where(l => l.Score > 0).OrderByDescending(l => l.Score).Select(l => l.Language).FirstOrDefault();

    private static ArticleRow Row(Article a) => new(a.Id, a.Version, a.Title, a.Language, a.Audience, a.UpdatedAt, a.Section);
}
