using CustomerService.Api;
using CustomerService.Nlu;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerService.Knowledge;

internal static class KnowledgeEndpoints
{
    private const int MaxQueryLength = 1_000;
    private const int MaxResults = 50;

    public static void MapKnowledge(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/").WithTags("Knowledge").CanRead();
        group.MapGet("/articles", ListArticlesAsync).WithName("listArticles").WithSummary("List the current articles, by section and title").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/articles/{article}", GetArticleAsync).WithName("getArticle").WithSummary("Read an article, or an earlier version of it").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/knowledge/search", SearchAsync).WithName("searchKnowledge").WithSummary("Find passages by words and by meaning").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/knowledge/status", GetStatusAsync).WithName("getKnowledgeStatus").WithSummary("How the index stands, and which articles could not be read");
    }

    private static async Task<Results<Ok<ArticleList>, ProblemHttpResult>> ListArticlesAsync(
        IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken, string? audience = null)
    {
        if (!ApiJson.TryRead(audience, out Audience? reader))
            return Problems.Invalid("audience", $"one of {ApiJson.Names<Audience>()}.");

        return TypedResults.Ok(new ArticleList(await Grain(grains, tenancy).ListArticlesAsync(reader ?? Audience.Agent, cancellationToken)));
    }

    private static async Task<Results<Ok<Article>, ProblemHttpResult>> GetArticleAsync(
        string article, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken, string? version = null)
    {
        if (!ArticleId.TryParse(article, null, out var id))
            return Problems.Of(StatusCodes.Status404NotFound, "article.not_found", "There is no such article.");

        var result = await Grain(grains, tenancy).GetArticleAsync(id, version, Audience.Agent, cancellationToken);
        return result.Refusal is { } refusal ? Problems.From(refusal) : TypedResults.Ok(result.Value!);
    }

    private static async Task<Results<Ok<PassageList>, ProblemHttpResult>> SearchAsync(
        IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken,
        string? q = null, string? language = null, string? audience = null, int limit = 10)
    {
        if (q?.Trim() is not { Length: > 0 and <= MaxQueryLength } text)
            return Problems.Invalid("q", $"1 to {MaxQueryLength} characters.");
        if (language is not null && !Languages.All.Contains(language))
            return Problems.Invalid("language", $"one of {string.Join(' ', Languages.All)}.");
        if (!ApiJson.TryRead(audience, out Audience? reader))
            return Problems.Invalid("audience", $"one of {ApiJson.Names<Audience>()}.");
        if (limit is < 1 or > MaxResults)
            return Problems.Invalid("limit", $"1 to {MaxResults}.");

        return TypedResults.Ok(new PassageList(await Grain(grains, tenancy).SearchAsync(new(text, language, reader ?? Audience.Agent, limit), cancellationToken)));
    }

    private static async Task<Ok<KnowledgeStatus>> GetStatusAsync(IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        TypedResults.Ok(await Grain(grains, tenancy).GetStatusAsync(cancellationToken));

    private static IKnowledgeGrain Grain(IGrainFactory grains, IOptions<TenancyOptions> tenancy) => grains.GetGrain<IKnowledgeGrain>(tenancy.Value.Tenant);
}

/// <summary>Articles.</summary>
/// <param name="Items">By section, then title.</param>
internal sealed record ArticleList(ImmutableArray<ArticleRow> Items);

/// <summary>Passages that were found.</summary>
/// <param name="Items">Best first.</param>
internal sealed record PassageList(ImmutableArray<RetrievedPassage> Items);
