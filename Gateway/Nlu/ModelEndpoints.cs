using CustomerService.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace CustomerService.Nlu;

/// <summary>The sets of models that understand messages.</summary>
internal static class ModelEndpoints
{
    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/models").WithTags("Models");
        group.MapGet("/", GetAsync).CanRead().WithName("getModels").WithSummary("The versions of the models with their cards, and which answers");
        group.MapPost("/{version}/activate", ActivateAsync).CanOperate().WithName("activateModels").WithSummary("Let a version of the models understand messages; an earlier one rolls back")
            .WithDescription("For keys with the role Admin. The version is loaded and checked first; when it is refused, nothing was changed.")
            .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Ok<ModelsStatus>> GetAsync(IGrainFactory grains, CancellationToken cancellationToken) => TypedResults.Ok(await Models(grains).GetAsync(cancellationToken));

    private static async Task<Results<Ok<ModelsStatus>, ProblemHttpResult>> ActivateAsync(string version, IGrainFactory grains, CancellationToken cancellationToken)
    {
        var (status, refusal) = await Models(grains).ActivateAsync(version, cancellationToken);
        return refusal is not null ? Problems.From(refusal) : TypedResults.Ok(status);
    }

    private static IModelsGrain Models(IGrainFactory grains) => grains.GetGrain<IModelsGrain>(IModelsGrain.Key);
}
