using System.Numerics.Tensors;

namespace CustomerService.Knowledge;

/// <summary>A passage that may answer a question, with how well it fits.</summary>
internal sealed record PassageHit(SearchablePassage Passage, double Score, PassageFit Fit);

/// <summary>How a passage fits a question, each 0 to 1 (cosines −1 to 1, and 0 when there are no vectors).</summary>
/// <param name="Words">Share of the best BM25 score.</param>
/// <param name="Body">Cosine with title, headings and text.</param>
/// <param name="Head">Cosine with title and headings.</param>
/// <param name="Sentence">Cosine with the nearest statement.</param>
/// <param name="HeadCover">Share of the question's terms, by weight, that title and headings have.</param>
/// <param name="Cover">The same for the whole passage.</param>
/// <param name="SentenceCover">The same for the best statement.</param>
internal readonly record struct PassageFit(double Words, double Body, double Head, double Sentence, double HeadCover, double Cover, double SentenceCover)
{
    /// <summary>One number, 0 to 1. The shares were chosen on the dev questions of <c>tests/Evals/Answers</c>.</summary>
    public double Score(bool hasVectors) => Math.Clamp(
        hasVectors
            ? (Body + (0.5 * Head) + Sentence + Words + (0.3 * HeadCover) + (0.3 * SentenceCover)) / 4.1
            : (0.3 * Words) + (0.3 * HeadCover) + (0.25 * Cover) + (0.15 * SentenceCover),
        0, 1);
}

/// <summary>Finds passages by words and by meaning, and orders them by both.</summary>
internal static class Retriever
{
    private const int Depth = 30;

    /// <summary>The passages that fit a question, best first.</summary>
    /// <param name="index">The articles of one language.</param>
    /// <param name="question">What is asked.</param>
    /// <param name="audience">Who asks: a contact never sees what is for agents.</param>
    public static List<PassageHit> Search(LanguageIndex index, QuestionText question, Audience audience)
    {
        var byWords = index.SearchWords(question.Terms);
        var byMeaning = question.Vector is null ? [] : index.SearchMeaning(question.Vector, Depth);
        var ids = byWords.OrderByDescending(w => w.Value).Take(Depth).Select(w => w.Key).Union(byMeaning.Select(m => m.Id));
        return [.. ids
            .Where(id => audience == Audience.Agent || index.Passages[id].Source.Audience == Audience.Public)
            .Select(id => Fit(index.Passages[id], question, byWords.GetValueOrDefault(id), question.Vector is not null && index.HasVectors))
            .OrderByDescending(c => c.Score).ThenByDescending(c => c.Passage.Source.Passage.UpdatedAt)];
    }

    private static PassageHit Fit(SearchablePassage passage, QuestionText question, double words, bool hasVectors)
    {
        var fit = new PassageFit(
            words,
            question.Cosine(passage.BodyVector),
            question.Cosine(passage.HeadVector),
            passage.Statements.Max(s => question.Cosine(s.Vector)),
            question.Cover(passage.HeadTerms),
            question.Cover(passage.AllTerms),
            passage.Statements.Max(s => question.Cover(s.Terms)));
        return new PassageHit(passage, fit.Score(hasVectors), fit);
    }
}

/// <summary>A question as the index sees it.</summary>
internal sealed record QuestionText(string Text, IReadOnlyList<QueryTerm> Terms, float[]? Vector)
{
    private readonly double _weight = Math.Max(1e-9, Terms.Sum(t => t.Weight));

    public double Cosine(float[]? vector) => vector is null || Vector is null ? 0 : TensorPrimitives.Dot(Vector, vector);

    /// <summary>Share of the question's terms, by weight, that are among some terms.</summary>
    public double Cover(HashSet<string> terms) => Terms.Where(t => t.IsIn(terms)).Sum(t => t.Weight) / _weight;
}
