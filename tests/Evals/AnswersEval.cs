using System.Diagnostics;
using CustomerService.Answers;
using CustomerService.Knowledge;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Asks the sample help centre the committed questions. Reports the test half; the dev half was used for tuning.</summary>
internal static class AnswersEval
{
    public static int Run(Queue<string> arguments)
    {
        var dev = arguments.Contains("--dev");
        var dump = arguments.SkipWhile(a => a != "--dump").ElementAtOrDefault(1);
        var options = EvalOptions.Read(arguments.Where(a => a != "--dev" && a != "--dump" && a != dump));
        var (articles, vectors, build) = Load(options);
        var knowledge = build(articles);
        var composer = new AnswerComposer(knowledge, vectors, new AnswerOptions());
        var questions = AnswerQuestion.Read(options.Root);
        composer.Compose(Ask(questions[0]));
        if (dump is not null)
            return AnswersDump.Write(questions, articles, build, vectors, dump);

        var results = questions.Where(q => q.Set == (dev ? "dev" : "test")).Select(q => Result(q, knowledge, vectors, composer)).ToList();
        ShowWorst(results);
        foreach (var language in results.GroupBy(r => r.Asked.Language).OrderByDescending(g => g.Count()))
            ShowLanguage(language.Key, [.. language]);
        Figure.Publish(Figures(results), options.Root, "eval-answers");
        return 0;
    }

    private static (IReadOnlyCollection<IndexedArticle> Articles, ITextVectors Vectors, Func<IEnumerable<IndexedArticle>, KnowledgeIndex> Build) Load(EvalOptions options)
    {
        var folder = new ArticleFolder(Path.Combine(options.Root, "Silo/Sample/help"), new ArticleReader(262_144, 1_200), 20_000, 262_144);
        var vectors = new MiniLmVectors(new SentenceEncoder(ModelFolder.BesideProgram));
        var cache = new VectorCache(vectors, Path.Combine(options.Root, "artifacts/eval-vectors"));
        var articles = folder.Read().Articles;
        cache.Fill(articles.Where(a => vectors.Knows(a.Article.Language)).SelectMany(a => a.Passages).SelectMany(SearchablePassage.Texts), CancellationToken.None);
        return (articles, vectors, some => new KnowledgeIndex([.. some], language => vectors.Knows(language) ? cache.Find : null));
    }

    internal static Question Ask(AnswerQuestion q) => new(q.Question, q.Language, null, [], TimeSpan.FromSeconds(3));

    private static AnswerResult Result(AnswerQuestion asked, KnowledgeIndex knowledge, ITextVectors vectors, AnswerComposer composer)
    {
        var rank = asked.IsAnswerable ? Rank(asked, knowledge, vectors) : null;
        var clock = Stopwatch.StartNew();
        var answer = composer.Compose(Ask(asked));
        return new(asked, answer, rank, clock.Elapsed.TotalMilliseconds, answer.Sentences.Count(s => !IsSupported(s, knowledge)));
    }

    private static int? Rank(AnswerQuestion asked, KnowledgeIndex knowledge, ITextVectors vectors)
    {
        if (knowledge.In(asked.Language) is not { } index)
            return null;
        var articles = Retriever.Search(index, index.Read(asked.Question, vectors), Audience.Public)
            .Select(c => c.Passage.Source.Passage.Article).Where(a => !index.Outdated.Articles.ContainsKey(a)).Distinct().ToList();
        return articles.FindIndex(a => a.Value == asked.Article) is >= 0 and var at ? at + 1 : null;
    }

    // The cited stretch of the source, read anew, says what the sentence says: the same letters and digits in the same order.
    private static bool IsSupported(AnswerSentence sentence, KnowledgeIndex knowledge)
    {
        if (sentence.Citations is not [var citation, ..] || knowledge.Find(citation.Article)?.Article is not { } article || article.Version != citation.Version)
            return false;
        var source = article.Markdown.Substring(citation.Offset, citation.Length);
        return Letters(source) == Letters(sentence.Text) || source.Split('|').All(cell => Letters(sentence.Text).Contains(Letters(cell), StringComparison.Ordinal));
    }

    private static string Letters(string text) => string.Concat(text.Where(char.IsLetterOrDigit));

    private static void ShowWorst(List<AnswerResult> results)
    {
        foreach (var r in results.Where(r => !r.IsRight).OrderBy(r => r.Asked.IsAnswerable))
        {
            Console.WriteLine($"\n{(r.Asked.IsAnswerable ? $"[{r.Asked.Article}: {r.Asked.MustContain}]" : "[unanswerable]")} {r.Asked.Question}  ({r.Asked.Note}; rank {r.Rank})");
            Console.WriteLine($"  {r.Answer.Rung} {r.Answer.Confidence:F2} {r.Answer.HandoffReason} {string.Join(" | ", r.Answer.Sentences.Select(s => $"{s.Citations.FirstOrDefault()?.Article}: {s.Text}"))}");
        }
    }

    private static void ShowLanguage(string language, List<AnswerResult> results) => Console.WriteLine(
        $"{language}: {results.Count(r => r.Asked.IsAnswerable)} answerable, article cited {Share(results, r => r.Asked.IsAnswerable, r => r.CitesArticle):P1}, "
        + $"phrase quoted {Share(results, r => r.Asked.IsAnswerable, r => r.SaysPhrase):P1}; {results.Count(r => !r.Asked.IsAnswerable)} not, refused {Share(results, r => !r.Asked.IsAnswerable, r => !r.IsAnswered):P1}");

    private static List<Figure> Figures(List<AnswerResult> results)
    {
        var times = results.Select(r => r.Milliseconds).Order().ToList();
        var sentences = results.Where(r => r.IsAnswered).Sum(r => r.Answer.Sentences.Length);
        return
        [
            new("answers.retrieval_recall_1", Share(results, r => r.Asked.IsAnswerable, r => r.Rank == 1), "share"),
            new("answers.retrieval_recall_5", Share(results, r => r.Asked.IsAnswerable, r => r.Rank <= 5), "share"),
            new("answers.retrieval_mrr", results.Where(r => r.Asked.IsAnswerable).Average(r => r.Rank is { } rank ? 1.0 / rank : 0), "0 to 1"),
            new("answers.answered", Share(results, r => r.Asked.IsAnswerable, r => r.IsAnswered || r.HandsOverRightly), "share"),
            new("answers.right_article", Share(results, r => r.Asked.IsAnswerable, r => r.CitesArticle || r.HandsOverRightly), "share", 0.9),
            new("answers.right_phrase", Share(results, r => r.Asked.IsAnswerable, r => r.SaysPhrase || r.HandsOverRightly), "share"),
            new("answers.wrong_of_answered", Share(results, r => r.IsAnswered, r => !r.IsRight), "share"),
            new("answers.unanswerable_refused", Share(results, r => !r.Asked.IsAnswerable, r => !r.IsAnswered), "share", 0.9),
            new("answers.conflicts_right", Share(results, r => r.Asked.IsConflict, r => r.SaysPhrase), "share"),
            new("answers.citation_precision", sentences == 0 ? 0 : 1 - (results.Sum(r => r.IsAnswered ? r.Unsupported : 0) / (double)sentences), "share", 0.95),
            new("answers.citation_recall", Share(results, r => r.IsAnswered, r => r.Answer.Sentences.All(s => !s.Citations.IsEmpty)), "share", 0.9),
            new("answers.unsupported_sentences", results.Sum(r => r.IsAnswered ? r.Unsupported : 0), "sentences"),
            new("answers.p50_ms", times[times.Count / 2], "ms"),
            new("answers.p99_ms", times[(int)(times.Count * 0.99)], "ms"),
        ];
    }

    private static double Share(List<AnswerResult> results, Func<AnswerResult, bool> of, Func<AnswerResult, bool> counts) =>
        results.Where(of).Select(r => counts(r) ? 1.0 : 0).DefaultIfEmpty(0).Average();
}

/// <summary>What came of a question.</summary>
internal sealed record AnswerResult(AnswerQuestion Asked, Answer Answer, int? Rank, double Milliseconds, int Unsupported)
{
    public bool IsAnswered => Answer.Rung is AnswerRung.Extractive or AnswerRung.LanguageModel;

    public bool CitesArticle => IsAnswered && Answer.Sentences.Any(s => s.Citations.Any(c => c.Article.Value == Asked.Article));

    public bool SaysPhrase => IsAnswered && (Asked.MustContain is null ? CitesArticle : Answer.Sentences.Any(s => s.Text.Contains(Asked.MustContain, StringComparison.Ordinal)));

    public bool HandsOverRightly => Asked.AsksForPerson && Answer.Rung == AnswerRung.Human;

    public bool IsRight => Asked.IsAnswerable ? CitesArticle || SaysPhrase || HandsOverRightly : !IsAnswered;
}
