using CustomerService.Api;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

internal static class NluEndpoints
{
    private const int MaxLength = 10_000, MaxBatch = 1_000, MaxAtOnce = 16;

    // Nobody waits for a single text of a batch: it is understood as well as it can be.
    private static readonly TimeSpan BatchPatience = TimeSpan.FromSeconds(5);

    public static void MapNlu(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/nlu").WithTags("Understanding").CanRead().ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("/analyze", AnalyzeAsync).WithName("analyzeText").WithSummary("Understand a text: language, intents, entities, sentiment");
        group.MapPost("/analyze/batch", AnalyzeManyAsync).WithName("analyzeTexts").WithSummary("Understand up to 1,000 texts");
    }

    private static async Task<Results<Ok<Analysis>, ProblemHttpResult>> AnalyzeAsync(
        AnalyzeRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Text is not { Length: > 0 and <= MaxLength } text)
            return Problems.Invalid("text", $"1 to {MaxLength} characters.");
        if (request.Language is not null && !Languages.All.Contains(request.Language))
            return Problems.Invalid("language", $"one of {string.Join(' ', Languages.All)}.");

        var asked = new AnalysisRequest(
            text, time.GetUtcNow(), request.Language, tenancy.Value.TenantId, TimeZone: tenancy.Value.TimeZone, Country: tenancy.Value.Country);
        return TypedResults.Ok(await grains.GetGrain<INluGrain>(INluGrain.Key).AnalyzeAsync(asked, cancellationToken));
    }

    private static async Task<Results<Ok<AnalysisList>, ProblemHttpResult>> AnalyzeManyAsync(
        AnalyzeManyRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Texts is not { Length: > 0 and <= MaxBatch } texts || texts.Any(text => text is not { Length: > 0 and <= MaxLength }))
            return Problems.Invalid("texts", $"1 to {MaxBatch} texts of 1 to {MaxLength} characters.");
        if (request.Language is not null && !Languages.All.Contains(request.Language))
            return Problems.Invalid("language", $"one of {string.Join(' ', Languages.All)}.");

        var (grain, analyses) = (grains.GetGrain<INluGrain>(INluGrain.Key), new Analysis[texts.Length]);
        var abreast = new ParallelOptions { MaxDegreeOfParallelism = MaxAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, texts.Length, abreast, async (at, token) =>
            analyses[at] = await grain.AnalyzeAsync(new(
                texts[at], time.GetUtcNow(), request.Language, tenancy.Value.TenantId, Patience: BatchPatience, TimeZone: tenancy.Value.TimeZone, Country: tenancy.Value.Country), token));
        return TypedResults.Ok(new AnalysisList([.. analyses]));
    }
}

/// <summary>A text to be understood.</summary>
/// <param name="Text">1 to 10,000 characters.</param>
/// <param name="Language">The language it most likely is in, ISO 639-1, used when the text alone does not tell.</param>
internal sealed record AnalyzeRequest(string? Text, string? Language = null);

/// <summary>Texts to be understood.</summary>
/// <param name="Texts">1 to 1,000 of 1 to 10,000 characters each.</param>
/// <param name="Language">The language they most likely are in, ISO 639-1, used when a text alone does not tell.</param>
internal sealed record AnalyzeManyRequest(string[]? Texts, string? Language = null);

/// <summary>What was understood.</summary>
/// <param name="Items">One analysis for each text, in their order.</param>
internal sealed record AnalysisList(ImmutableArray<Analysis> Items);
