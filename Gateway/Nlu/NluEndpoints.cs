using CustomerService.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Nlu;

internal static class NluEndpoints
{
    private const int MaxLength = 10_000;

    public static void MapNlu(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/nlu").WithTags("Understanding").MapPost("/analyze", AnalyzeAsync).CanRead()
            .WithName("analyzeText").WithSummary("Understand a text: language, intents, entities, sentiment").ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<Analysis>, ProblemHttpResult>> AnalyzeAsync(AnalyzeRequest request, IGrainFactory grains, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Text is not { Length: > 0 and <= MaxLength } text)
            return Problems.Invalid("text", $"1 to {MaxLength} characters.");
        if (request.Language is not null && !Languages.All.Contains(request.Language))
            return Problems.Invalid("language", $"one of {string.Join(' ', Languages.All)}.");

        return TypedResults.Ok(await grains.GetGrain<INluGrain>(INluGrain.Key).AnalyzeAsync(new(text, time.GetUtcNow(), request.Language), cancellationToken));
    }
}

/// <summary>A text to be understood.</summary>
/// <param name="Text">1 to 10,000 characters.</param>
/// <param name="Language">The language it most likely is in, ISO 639-1, used when the text alone does not tell.</param>
internal sealed record AnalyzeRequest(string? Text, string? Language = null);
