using CustomerService.Knowledge;

namespace CustomerService.Answers;

/// <summary>A statement chosen for an answer.</summary>
internal sealed record Pick(SearchablePassage Passage, SearchableStatement Statement, double Score)
{
    public Citation Citation
    {
        get
        {
            var passage = Passage.Source.Passage;
            return new(passage.Article, passage.Version, passage.Title, passage.HeadingPath, Statement.Source.Offset, Statement.Source.Length);
        }
    }

    /// <summary>The statement as it is said: word for word, so its citation supports it wholly.</summary>
    public AnswerSentence ToSentence() => new(Statement.Source.Text, [Citation], Support: 1);
}

/// <summary>Chooses the sentences of the best passages that answer a question.</summary>
internal static class Extract
{
    private const int MaxPassages = 8, MaxSteps = 8;
    private const double Near = 1.6, StepsNear = 0.8;

    /// <summary>The sentences that answer best, in reading order; empty when no passage has one.</summary>
    /// <param name="question">What is asked.</param>
    /// <param name="candidates">Passages, best first, without outdated articles.</param>
    /// <param name="outdated">Statements that newer articles contradict.</param>
    /// <param name="maxSentences">How many at most; the steps of one list count as one.</param>
    public static List<Pick> Sentences(QuestionText question, IReadOnlyList<PassageHit> candidates, Outdated outdated, int maxSentences)
    {
        var asked = Expectation.Of(question.Text);
        var picks = candidates.Take(MaxPassages)
            .SelectMany(c => c.Passage.Statements, (c, s) => new Pick(c.Passage, s, Score(question, c, s, asked)))
            .Where(p => p.Statement.Source.Kind != StatementKind.Fragment && !outdated.Covers(p.Passage.Source.Passage.Article, p.Statement.Source.Offset))
            .OrderByDescending(p => p.Score).ToList();
        if (picks.Count == 0)
            return [];

        var best = picks[0];
        var chosen = picks.TakeWhile(p => best.Score - p.Score <= Near).DistinctBy(p => p.Statement.Source.Text).Take(maxSentences).ToList();
        return WithSteps(chosen, best)
            .OrderBy(p => p.Passage.Source.Passage.Article == best.Passage.Source.Passage.Article ? 0 : 1)
            .ThenBy(p => p.Passage.Source.Passage.Article.Value, StringComparer.Ordinal)
            .ThenBy(p => p.Statement.Source.Offset).ToList();
    }

    // One step of a list says little: all of them are told. A list among the best passage's statements that nearly won is worth it too.
    private static List<Pick> WithSteps(List<Pick> chosen, Pick best)
    {
        var step = chosen.FirstOrDefault(p => p.Statement.Source.Kind == StatementKind.Step && best.Score - p.Score <= StepsNear);
        if (step is null)
            return [.. chosen.Where(p => p.Statement.Source.Kind != StatementKind.Step)];

        var block = step.Statement.Source.Block;
        var steps = step.Passage.Statements.Where(s => s.Source.Block == block && s.Source.Kind == StatementKind.Step).Take(MaxSteps)
            .Select(s => new Pick(step.Passage, s, step.Score));
        return [.. chosen.Where(p => p.Statement.Source.Kind != StatementKind.Step), .. steps];
    }

    // Weights of a logistic regression over the dev questions of tests/Evals/Answers: which statement holds the phrase a right answer quotes.
    private static double Score(QuestionText question, PassageHit candidate, SearchableStatement statement, AnswerForms asked)
    {
        var form = Expectation.In(statement.Source.Text);
        var met = asked & form;
        var missed = asked & ~form;
        var isFirst = ReferenceEquals(statement, candidate.Passage.Statements[0]);
        var cover = question.Cover(statement.Terms);
        var fit = question.Vector is null
            ? (5 * candidate.Score) + (6 * cover)
            : (11 * candidate.Score) + (5.5 * question.Cosine(statement.Vector)) + (1.3 * cover);
        return fit + (isFirst ? 0.8 : 0)
            + (met.HasFlag(AnswerForms.Money) ? 1.5 : 0) + (met.HasFlag(AnswerForms.Time) ? 1.2 : 0) + (met.HasFlag(AnswerForms.Place) ? 0.4 : 0)
            - ((missed & (AnswerForms.Money | AnswerForms.Time | AnswerForms.Address)) != AnswerForms.None ? 0.5 : 0)
            - (statement.Source.Kind == StatementKind.Row ? 0.7 : 0);
    }
}
