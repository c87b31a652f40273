using CustomerService.Answers;
using CustomerService.Knowledge;

namespace CustomerService.Host;

/// <summary>Three articles, and the drafts that quote them.</summary>
internal static class FakeKnowledge
{
    public static readonly ImmutableArray<Article> Articles =
    [
        Of("track-an-order", "Track an order", "delivery", Audience.Public,
            "## When it is on its way\n\nWe send the tracking link when the parcel leaves us. It works from the same evening.\n\n## When it does not move\n\nA link that has not changed for three working days means that the carrier looks for the parcel. Write to us and we ask them the same day."),
        Of("refund-time", "How long a refund takes", "refunds", Audience.Public,
            "We refund within 14 days after the return has reached us. Your bank may need up to five working days more."),
        Of("agent-lost-parcel", "Lost parcels: what we may offer", "delivery", Audience.Agent,
            "After five working days without a scan, send the goods again or refund them, whichever the contact prefers. Up to €150 without asking."),
    ];

    public static Citation Cite(string article, string quote)
    {
        var found = Articles.First(a => a.Id.Value == article);
        return new(found.Id, found.Version, found.Title, found.Section, Math.Max(0, found.Markdown.IndexOf(quote, StringComparison.Ordinal)), quote.Length);
    }

    public static Answer Answer(params (string Sentence, string Article)[] sentences) => new(
        AnswerRung.Extractive, "en", [.. sentences.Select(s => new AnswerSentence(s.Sentence, [Cite(s.Article, s.Sentence)], 0.91))], 0.88, null, TimeSpan.FromMilliseconds(12));

    private static Article Of(string id, string title, string section, Audience audience, string markdown) => new(
        new(id), "3f2a9c01d4be", title, "en", audience, new(2026, 10, 4, 9, 0, 0, TimeSpan.Zero), markdown,
        string.Concat(markdown.Split("\n\n").Select(p => p.StartsWith("## ", StringComparison.Ordinal) ? $"<h2>{p[3..]}</h2>" : $"<p>{p}</p>")), section);
}

/// <summary>Stands in for the knowledge base.</summary>
internal sealed class FakeKnowledgeGrain : Grain, IKnowledgeGrain
{
    public Task<Result<Article>> GetArticleAsync(ArticleId article, string? version, Audience audience, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Article>>(FakeKnowledge.Articles.FirstOrDefault(a => a.Id == article) is { } found
            ? found
            : new Refusal(RefusalKind.NotFound, "article.not_found", "There is no such article. It may have been removed."));

    public Task<ImmutableArray<ArticleRow>> ListArticlesAsync(Audience audience, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<ArticleRow>>([.. FakeKnowledge.Articles.OrderBy(a => a.Section).ThenBy(a => a.Title).Select(a => new ArticleRow(a.Id, a.Version, a.Title, a.Language, a.Audience, a.UpdatedAt, a.Section))]);

    public Task<ImmutableArray<RetrievedPassage>> SearchAsync(RetrievalQuery query, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<RetrievedPassage>>([]);

    public Task<KnowledgeStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        Task.FromResult(new KnowledgeStatus(FakeKnowledge.Articles.Length, 5, DateTimeOffset.UtcNow.AddMinutes(-4), ["delivery/draft.md: no title in its header"]));
}

/// <summary>Stands in for the composer of answers.</summary>
internal sealed class FakeAnswerGrain(DeskWorld world) : Grain, IAnswerGrain
{
    public Task<Answer> ComposeAsync(Question question, CancellationToken cancellationToken) => throw new NotSupportedException("The desk only asks for suggestions.");

    public Task<ImmutableArray<Suggestion>> SuggestAsync(Question question, CancellationToken cancellationToken) => world.IsBroken ? throw new IOException("Storage is away.") : Task.FromResult<ImmutableArray<Suggestion>>(
    [
        Draft("A link that has not changed for three working days means that the carrier looks for the parcel.", "track-an-order", 0.86),
        Draft("We refund within 14 days after the return has reached us.", "refund-time", 0.61),
        Draft("After five working days without a scan, send the goods again or refund them, whichever the contact prefers.", "agent-lost-parcel", 0.58),
    ]);

    private static Suggestion Draft(string text, string article, double confidence) =>
        new(text, [FakeKnowledge.Cite(article, text)], FakeKnowledge.Articles.First(a => a.Id.Value == article).Audience, confidence);
}
