using System.Numerics.Tensors;

namespace CustomerService.Knowledge;

/// <summary>What newer articles contradict: the same thing said with another number.</summary>
/// <param name="Statements">Single statements that a newer article says otherwise, by article and offset.</param>
/// <param name="Articles">Articles that are contradicted more than once, with the newer article: nothing of them is quoted.</param>
/// <remarks>
/// Two statements contradict each other when their words are nearly the same but their numbers are not. One near-certain case
/// makes a statement outdated. Two likely ones against articles at least a month newer, or a near-certain one against an article at
/// least a year newer, make the whole article so: an author who forgot a value there has forgotten the article.
/// </remarks>
internal sealed record Outdated(ImmutableHashSet<(ArticleId Article, int Offset)> Statements, ImmutableDictionary<ArticleId, ArticleId> Articles)
{
    private const double Likely = 0.7, Certain = 0.9, MinShare = 0.45;
    private const int MinConflicts = 2, MinTerms = 3;
    private static readonly TimeSpan _minAge = TimeSpan.FromDays(30), _oldAge = TimeSpan.FromDays(365);
    private static readonly string[] _numbers = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

    public bool Covers(ArticleId article, int offset) => Articles.ContainsKey(article) || Statements.Contains((article, offset));

    public static Outdated Find(IReadOnlyList<SearchablePassage> passages, string language)
    {
        var said = passages.Where(p => p.Source.Audience == Audience.Public).SelectMany(p => p.Statements, (p, s) => Said.Of(p, s, language))
            .Where(s => s.Numbers.Count > 0 && s.Terms.Count >= MinTerms).ToArray();
        var conflicts = Pairs(said).Where(c => c.Strength >= Likely).ToArray();
        var articles = conflicts.Where(c => c.New.Passage.UpdatedAt - c.Old.Passage.UpdatedAt >= _minAge)
            .GroupBy(c => c.Old.Passage.Article)
            .Where(g => g.Select(c => c.Old.Offset).Distinct().Count() >= MinConflicts || g.Any(IsOld));
        return new(
            [.. conflicts.Where(c => c.Strength >= Certain).Select(c => (c.Old.Passage.Article, c.Old.Offset))],
            articles.ToImmutableDictionary(g => g.Key, g => g.MaxBy(c => c.Strength).New.Passage.Article));
    }

    private static bool IsOld((Said Old, Said New, double Strength) conflict) =>
        conflict.Strength >= Certain && conflict.New.Passage.UpdatedAt - conflict.Old.Passage.UpdatedAt >= _oldAge;

    private static IEnumerable<(Said Old, Said New, double Strength)> Pairs(Said[] said)
    {
        var places = said.SelectMany((s, i) => s.Terms.Select(t => (Term: t, Index: i))).ToLookup(p => p.Term, p => p.Index);
        Dictionary<int, int> shared = [];
        for (var old = 0; old < said.Length; old++)
        {
            shared.Clear();
            foreach (var other in said[old].Terms.SelectMany(t => places[t]))
                shared[other] = shared.GetValueOrDefault(other) + 1;
            foreach (var (other, count) in shared)
            {
                if (said[other].Passage.UpdatedAt > said[old].Passage.UpdatedAt && said[other].Passage.Article != said[old].Passage.Article)
                    yield return (said[old], said[other], said[old].Contradiction(said[other], count));
            }
        }
    }

    private sealed record Said(Passage Passage, int Offset, HashSet<string> Terms, HashSet<string> Numbers, float[]? Vector)
    {
        public static Said Of(SearchablePassage passage, SearchableStatement statement, string language)
        {
            var words = Words.Split(statement.Source.Text).Select(w => Array.IndexOf(_numbers, w) is >= 0 and var n ? $"{n + 1}" : w).ToArray();
            var terms = Words.Terms(string.Join(' ', words.Where(w => !char.IsDigit(w[0]))), language);
            return new(passage.Source.Passage, statement.Source.Offset, [.. terms], [.. words.Where(w => char.IsDigit(w[0]))], statement.Vector);
        }

        /// <summary>How sure it is that the two say the same with other numbers, 0 to 1.</summary>
        public double Contradiction(Said newer, int shared)
        {
            var share = shared / (double)(Terms.Count + newer.Terms.Count - shared);
            if (share < MinShare || Numbers.SetEquals(newer.Numbers))
                return 0;
            var strength = Vector is not null && newer.Vector is not null ? (share + TensorPrimitives.Dot(Vector, newer.Vector)) / 2 : share;
            return strength >= Certain || !Numbers.Overlaps(newer.Numbers) ? strength : 0;
        }
    }
}
