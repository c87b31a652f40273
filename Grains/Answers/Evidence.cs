using System.Numerics.Tensors;
using CustomerService.Knowledge;

namespace CustomerService.Answers;

/// <summary>How well passages answer a question: what the decision to answer rests on.</summary>
/// <param name="Passage">The best passage's score, 0 to 1.</param>
/// <param name="Head">Cosine of question and headings.</param>
/// <param name="Sentence">Cosine of question and the best statement.</param>
/// <param name="Cover">Share of the question's terms that the passage has.</param>
/// <param name="Unknown">Share of the question's terms that no article has.</param>
/// <param name="Stranger">How much nearer passage and statement come when the word is left out that the passage lacks and that parts them most.</param>
/// <param name="ForAgents">How much better the best passage for agents fits than the best public one.</param>
internal readonly record struct Evidence(double Passage, double Head, double Sentence, double Cover, double Unknown, double Stranger, double ForAgents)
{
    private const int MaxLeftOut = 8;

    /// <summary>How likely the passages answer the question, 0 to 1.</summary>
    /// <remarks>
    /// Two logistic regressions over the dev questions of <c>tests/Evals/Answers</c>, with vectors and without; the shift makes 0.5 the
    /// point at which about nine of ten unanswerable questions are refused. The weight of <see cref="ForAgents"/> is a judgement: too few cases.
    /// </remarks>
    public double Confidence(bool hasVectors) => Logistic(hasVectors
        ? -1.60 + (1.48 * Head) + (1.61 * Sentence) + (1.24 * Cover) - (0.78 * Unknown) - (8.2 * Stranger) - (3 * ForAgents)
        : -1.09 + (2.17 * Passage) + (1.40 * Cover) - (0.70 * Unknown) - (3 * ForAgents));

    public static Evidence Weigh(LanguageIndex index, QuestionText question, Pick best, PassageHit candidate, double bestForAgents, ITextVectors? model) => new(
        candidate.Score, candidate.Fit.Head, question.Cosine(best.Statement.Vector), candidate.Fit.Cover, UnknownShare(index, question),
        model is null || question.Vector is null ? 0 : FindStranger(index, question, best, model), Math.Max(0, bestForAgents - candidate.Score));

    private static double UnknownShare(LanguageIndex index, QuestionText question)
    {
        var all = question.Terms.Sum(t => t.Weight);
        return all == 0 ? 1 : question.Terms.Where(t => !index.Knows(t)).Sum(t => t.Weight) / all;
    }

    // "Can you track my Zalando parcel": without the one word the question is ours, with it it is not.
    private static double FindStranger(LanguageIndex index, QuestionText question, Pick best, ITextVectors model)
    {
        var words = question.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var texts = Enumerable.Range(0, words.Length)
            .Where(i => IsMissing(index, words[i], best.Passage)).Take(MaxLeftOut)
            .Select(i => string.Join(' ', words.Where((_, j) => j != i))).Where(t => t.Length > 0).ToArray();
        if (texts.Length == 0)
            return 0;

        var vectors = new float[texts.Length * model.Dimensions];
        model.Encode(texts, vectors);
        return Enumerable.Range(0, texts.Length).Max(i => Gain(question, best, vectors.AsSpan(i * model.Dimensions, model.Dimensions)));
    }

    private static bool IsMissing(LanguageIndex index, string word, SearchablePassage passage)
    {
        var terms = index.Read(word, model: null).Terms;
        return terms.Count > 0 && !terms.Any(t => t.IsIn(passage.AllTerms));
    }

    private static double Gain(QuestionText question, Pick best, ReadOnlySpan<float> without)
    {
        var body = best.Passage.BodyVector is { } b ? TensorPrimitives.Dot(without, b) - question.Cosine(b) : 0;
        var sentence = best.Statement.Vector is { } s ? TensorPrimitives.Dot(without, s) - question.Cosine(s) : 0;
        return (body + sentence) / 2;
    }

    private static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
}
