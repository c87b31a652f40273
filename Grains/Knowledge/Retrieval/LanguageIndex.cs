namespace CustomerService.Knowledge;

/// <summary>All passages of one language, findable by words and by meaning. Immutable.</summary>
internal sealed class LanguageIndex
{
    private const float TitleWeight = 1.5f, HeadingWeight = 1.5f;
    private readonly Bm25 _words;
    private readonly IVectorIndex? _meanings;

    /// <param name="language">ISO 639-1.</param>
    /// <param name="passages">All of them, of both audiences.</param>
    /// <param name="vectorOf">Vectors as far as there are any; null when the language has none.</param>
    public LanguageIndex(string language, IReadOnlyList<IndexedPassage> passages, Func<string, float[]?>? vectorOf)
    {
        Language = language;
        Passages = [.. passages.Select(p => new SearchablePassage(p, language, vectorOf))];
        _words = new Bm25([.. Passages.Select(p => Frequencies(p.Source))]);
        _meanings = vectorOf is null ? null : new ExactVectorIndex([.. Passages.Select(p => p.BodyVector)]);
        Outdated = Outdated.Find(Passages, language);
    }

    public string Language { get; }

    public ImmutableArray<SearchablePassage> Passages { get; }

    /// <summary>What newer articles contradict.</summary>
    public Outdated Outdated { get; }

    public bool HasVectors => _meanings is not null;

    /// <summary>Prepares a question for this language's articles.</summary>
    /// <param name="question">The text.</param>
    /// <param name="model">Makes its vector; null, or the language has no vectors: words alone.</param>
    public QuestionText Read(string question, ITextVectors? model)
    {
        float[]? vector = null;
        if (model is not null && HasVectors)
            model.Encode([QueryTerms.Correct(question, Language, _words)], vector = new float[model.Dimensions]);
        return new(question, QueryTerms.Read(question, Language, _words), vector);
    }

    /// <summary>Whether any article has a term or what means the same.</summary>
    public bool Knows(QueryTerm term) => _words.Knows(term.Stem) || term.Alternatives.Any(_words.Knows);

    /// <summary>Share of the best score by words, for each passage that has one of them.</summary>
    public Dictionary<int, double> SearchWords(IReadOnlyCollection<QueryTerm> terms) => _words.Search(terms);

    public IReadOnlyList<(int Id, float Similarity)> SearchMeaning(ReadOnlySpan<float> vector, int count) => _meanings?.Search(vector, count) ?? [];

    private Dictionary<string, float> Frequencies(IndexedPassage passage)
    {
        Dictionary<string, float> frequencies = [];
        Add(passage.Passage.Text, 1);
        Add(passage.Passage.Title, TitleWeight);
        Add(passage.Passage.HeadingPath, HeadingWeight);
        return frequencies;

        void Add(string text, float weight)
        {
            foreach (var term in Words.Terms(text, Language))
                frequencies[term] = frequencies.GetValueOrDefault(term) + weight;
        }
    }
}

/// <summary>A passage with what is computed once for searching it.</summary>
internal sealed class SearchablePassage
{
    public SearchablePassage(IndexedPassage source, string language, Func<string, float[]?>? vectorOf)
    {
        Source = source;
        HeadTerms = [.. Words.Terms(source.Heading, language)];
        HeadVector = vectorOf?.Invoke(HeadText(source));
        BodyVector = vectorOf?.Invoke(BodyText(source));
        AllTerms = [.. HeadTerms, .. Words.Terms(source.Passage.Text, language)];
        Statements = [.. source.Statements.Select(s => new SearchableStatement(s, [.. Words.Terms(s.Text, language)], vectorOf?.Invoke(s.Text)))];
    }

    public IndexedPassage Source { get; }

    public HashSet<string> HeadTerms { get; }

    /// <summary>Terms of title, headings and text.</summary>
    public HashSet<string> AllTerms { get; }

    public float[]? HeadVector { get; }

    public float[]? BodyVector { get; }

    public ImmutableArray<SearchableStatement> Statements { get; }

    public static string HeadText(IndexedPassage passage) => passage.Heading;

    public static string BodyText(IndexedPassage passage) => $"{passage.Heading}. {passage.Passage.Text}";

    /// <summary>Every text whose vector a passage needs.</summary>
    public static IEnumerable<string> Texts(IndexedPassage passage) =>
        passage.Statements.Select(s => s.Text).Prepend(BodyText(passage)).Prepend(HeadText(passage));
}

/// <summary>A statement with what is computed once for choosing it.</summary>
internal sealed record SearchableStatement(Statement Source, HashSet<string> Terms, float[]? Vector);
