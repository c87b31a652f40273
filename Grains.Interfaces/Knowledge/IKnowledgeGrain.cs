using Orleans.Concurrency;

namespace CustomerService.Knowledge;

/// <summary>Reads a tenant's knowledge base.</summary>
/// <remarks>Key: <see cref="Tenancy.TenantId"/>. A stateless worker over the index of its process.</remarks>
[Alias("knowledge")]
public interface IKnowledgeGrain : IGrainWithStringKey
{
    /// <summary>One article.</summary>
    /// <param name="article">Which.</param>
    /// <param name="version">A version cited earlier; null for the current one.</param>
    /// <param name="audience">Who asks; <see cref="Audience.Public"/> does not see articles for agents.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The article; or <see cref="RefusalKind.NotFound"/> <c>article.not_found</c>.</returns>
    [Alias("article"), ReadOnly]
    Task<Result<Article>> GetArticleAsync(ArticleId article, string? version, Audience audience, CancellationToken cancellationToken = default);

    /// <summary>All current articles.</summary>
    /// <param name="audience">Who asks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Sorted by section, then title.</returns>
    [Alias("articles"), ReadOnly]
    Task<ImmutableArray<ArticleRow>> ListArticlesAsync(Audience audience, CancellationToken cancellationToken = default);

    /// <summary>Finds passages by words and by meaning.</summary>
    /// <param name="query">What is looked for.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Best first; empty when nothing fits.</returns>
    [Alias("search"), ReadOnly]
    Task<ImmutableArray<RetrievedPassage>> SearchAsync(RetrievalQuery query, CancellationToken cancellationToken = default);

    /// <summary>How the index stands.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Counts, and the articles that could not be read with the reason.</returns>
    [Alias("status"), ReadOnly]
    Task<KnowledgeStatus> GetStatusAsync(CancellationToken cancellationToken = default);
}

/// <summary>A search of the knowledge base.</summary>
/// <param name="Text">A question or words.</param>
/// <param name="Language">Only passages in this language, ISO 639-1; null for any.</param>
/// <param name="Audience">Who asks.</param>
/// <param name="MaxPassages">How many at most, 1 to 50.</param>
[GenerateSerializer, Immutable, Alias("retrieval-query")]
public sealed record RetrievalQuery(
    [property: Id(0)] string Text, [property: Id(1)] string? Language, [property: Id(2)] Audience Audience, [property: Id(3)] int MaxPassages = 10);

/// <summary>A passage that was found.</summary>
/// <param name="Passage">The passage.</param>
/// <param name="Score">How well it fits after fusion, 0 to 1; comparable within one search only.</param>
/// <param name="Similarity">Cosine of question and passage vectors, −1 to 1; 0 when vectors were not used.</param>
[GenerateSerializer, Immutable, Alias("retrieved-passage")]
public sealed record RetrievedPassage([property: Id(0)] Passage Passage, [property: Id(1)] double Score, [property: Id(2)] double Similarity);

/// <summary>How a knowledge index stands.</summary>
/// <param name="Articles">Articles indexed.</param>
/// <param name="Passages">Passages indexed.</param>
/// <param name="IndexedAt">When the newest index was made, UTC; null before the first.</param>
/// <param name="Problems">Articles that could not be read or were read only in part: file and reason.</param>
[GenerateSerializer, Immutable, Alias("knowledge-status")]
public sealed record KnowledgeStatus(
    [property: Id(0)] int Articles, [property: Id(1)] int Passages, [property: Id(2)] DateTimeOffset? IndexedAt, [property: Id(3)] ImmutableArray<string> Problems);
