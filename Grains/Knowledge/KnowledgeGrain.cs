using CustomerService.Tenancy;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace CustomerService.Knowledge;

[GrainType("knowledge"), StatelessWorker]
internal sealed class KnowledgeGrain(KnowledgeBase knowledge, ArticleArchive archive, IOptions<TenancyOptions> tenancy) : Grain, IKnowledgeGrain
{
    // The index of a process holds one tenant's articles: another's key finds nothing.
    private KnowledgeIndex Index => this.GetPrimaryKeyString() == tenancy.Value.Tenant ? knowledge.Current : KnowledgeIndex.Empty;

    public async Task<Result<Article>> GetArticleAsync(ArticleId article, string? version, Audience audience, CancellationToken cancellationToken)
    {
        var current = Index.Find(article)?.Article;
        var found = version is null || current?.Version == version || Index.Rows.IsEmpty ? current : await archive.FindAsync(article, version, cancellationToken);
        // What was public once may be for agents now: the stricter of the two holds.
        var isHidden = audience == Audience.Public && (found?.Audience == Audience.Agent || current?.Audience == Audience.Agent);
        return found is null || isHidden ? new Refusal(RefusalKind.NotFound, "article.not_found", "There is no such article, or no such version of it.") : found;
    }

    public Task<ImmutableArray<ArticleRow>> ListArticlesAsync(Audience audience, CancellationToken cancellationToken) =>
        Task.FromResult(audience == Audience.Agent ? Index.Rows : Index.Rows.RemoveAll(r => r.Audience == Audience.Agent));

    public Task<ImmutableArray<RetrievedPassage>> SearchAsync(RetrievalQuery query, CancellationToken cancellationToken)
    {
        const int most = 50;
        var languages = query.Language is null ? Index.Languages : Index.Languages.Where(l => l.Language == query.Language);
        var found = languages.SelectMany(l => Retriever.Search(l, l.Read(query.Text, knowledge.Vectors), query.Audience).Select(c => (Hit: c, l.Outdated)))
            .OrderBy(f => f.Outdated.Articles.ContainsKey(f.Hit.Passage.Source.Passage.Article)).ThenByDescending(f => f.Hit.Score)
            .Take(Math.Clamp(query.MaxPassages, 1, most))
            .Select(f => new RetrievedPassage(f.Hit.Passage.Source.Passage, f.Hit.Score, f.Hit.Fit.Body));
        return Task.FromResult(found.ToImmutableArray());
    }

    public Task<KnowledgeStatus> GetStatusAsync(CancellationToken cancellationToken) =>
        Task.FromResult(this.GetPrimaryKeyString() == tenancy.Value.Tenant ? knowledge.Status : new KnowledgeStatus(0, 0, null, []));
}
