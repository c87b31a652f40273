namespace CustomerService.Knowledge;

/// <summary>Okapi BM25 over documents of weighted terms (Robertson and Zaragoza 2009, k1 = 1.2, b = 0.6). Immutable once built.</summary>
internal sealed class Bm25
{
    private const double K1 = 1.2, B = 0.6, AlternativeShare = 0.75;
    private readonly Dictionary<string, List<(int Document, float Frequency)>> _postings = [];
    private readonly ILookup<(int Length, char First), string> _spellings;
    private readonly float[] _lengths;
    private readonly double _meanLength;

    /// <param name="documents">For each document its terms with their weighted frequency; a term in a title counts more than one in the text.</param>
    public Bm25(IReadOnlyList<IReadOnlyDictionary<string, float>> documents)
    {
        _lengths = new float[documents.Count];
        for (var document = 0; document < documents.Count; document++)
        {
            foreach (var (term, frequency) in documents[document])
            {
                if (!_postings.TryGetValue(term, out var postings))
                    _postings[term] = postings = [];
                postings.Add((document, frequency));
                _lengths[document] += frequency;
            }
        }

        _meanLength = _lengths.Length == 0 ? 1 : Math.Max(1, _lengths.Average());
        _spellings = _postings.Keys.ToLookup(term => (term.Length, term[0]));
    }

    public bool Knows(string term) => _postings.ContainsKey(term);

    /// <summary>How telling a term is; a term in no document is as telling as one in a single document.</summary>
    public double Weight(string term)
    {
        var count = _postings.TryGetValue(term, out var postings) ? postings.Count : 1;
        return Math.Log(1 + (_lengths.Length - count + 0.5) / (count + 0.5));
    }

    /// <summary>The term one slip away (a letter more, less, other, or two swapped) that most documents have; null when there is none.</summary>
    public string? Nearest(string term) =>
        Enumerable.Range(term.Length - 1, 3).SelectMany(length => _spellings[(length, term[0])])
            .Where(known => IsOneSlipAway(term, known)).MaxBy(known => _postings[known].Count);

    /// <summary>The documents that have a term of the query or an alternative of it, which counts a quarter less.</summary>
    /// <returns>For each its score as a share of what a document full of every term would have, 0 to 1.</returns>
    public Dictionary<int, double> Search(IReadOnlyCollection<QueryTerm> terms)
    {
        var best = terms.Sum(t => t.Weight) * (K1 + 1);
        Dictionary<int, double> scores = [], ofTerm = [];
        foreach (var term in terms)
        {
            ofTerm.Clear();
            Score(term.Stem, term.Weight, ofTerm);
            foreach (var alternative in term.Alternatives)
                Score(alternative, Weight(alternative) * AlternativeShare, ofTerm);
            foreach (var (document, score) in ofTerm)
                scores[document] = scores.GetValueOrDefault(document) + score;
        }

        foreach (var document in scores.Keys)
            scores[document] = Math.Min(1, scores[document] / best);
        return scores;
    }

    private void Score(string term, double weight, Dictionary<int, double> scores)
    {
        if (!_postings.TryGetValue(term, out var postings))
            return;
        foreach (var (document, frequency) in postings)
        {
            var norm = K1 * (1 - B + B * _lengths[document] / _meanLength);
            scores[document] = Math.Max(scores.GetValueOrDefault(document), weight * frequency * (K1 + 1) / (frequency + norm));
        }
    }

    private static bool IsOneSlipAway(ReadOnlySpan<char> a, ReadOnlySpan<char> b)
    {
        var start = a.CommonPrefixLength(b);
        var restA = a[start..];
        var restB = b[start..];
        var end = 0;
        while (end < restA.Length && end < restB.Length && restA[^(end + 1)] == restB[^(end + 1)])
            end++;
        restA = restA[..^end];
        restB = restB[..^end];
        return (restA.Length <= 1 && restB.Length <= 1) || (restA.Length == 2 && restB.Length == 2 && restA[0] == restB[1] && restA[1] == restB[0]);
    }
}
