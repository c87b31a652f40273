using CustomerService.Api;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>The tenant's own entities: read, replaced as a whole, and tried on a text.</summary>
internal static class EntityEndpoints
{
    private const int MaxText = 10_000;
    private const long MaxBodyBytes = 4 << 20;

    public static void MapEntities(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/entities").WithTags("Entities").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes)).ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/", GetAsync).CanRead().WithName("getEntities").WithSummary("The tenant's own entities and their version");
        group.MapPut("/", ReplaceAsync).CanWrite().WithName("replaceEntities").WithSummary("Put other entities in the place of those that are there, all or none")
            .WithDescription("At most 50 entities, together 5,000 values and forms of 1 to 80 characters. Messages are searched for them from the answer on; other silos of a cluster follow within Nlu:OwnEntitiesInterval.")
            .ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/trial", TryAsync).CanWrite().WithName("tryEntities").WithSummary("Find the entities of a text as if these were the tenant's own; nothing is stored");
    }

    private static async Task<Ok<OwnEntityList>> GetAsync(IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        TypedResults.Ok(await grains.GetGrain<IOwnEntitiesGrain>(tenancy.Value.Tenant).GetAsync(cancellationToken));

    private static async Task<Results<Ok<OwnEntityList>, ProblemHttpResult>> ReplaceAsync(
        ReplaceEntitiesRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        if (request.Version is not { } version)
            return Problems.Invalid("version", "is needed: the one that GET /v1/entities shows.");
        if (Entities(request.Entities) is not { } entities)
            return Missing;
        var (stored, refusal) = await grains.GetGrain<IOwnEntitiesGrain>(tenancy.Value.Tenant).ReplaceAsync(version, entities, cancellationToken);
        return refusal is not null ? Problems.From(refusal) : TypedResults.Ok(stored);
    }

    private static async Task<Results<Ok<EntityList>, ProblemHttpResult>> TryAsync(
        EntityTrialRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, TimeProvider time, CancellationToken cancellationToken)
    {
        if (request.Text is not { Length: > 0 and <= MaxText } text)
            return Problems.Invalid("text", $"1 to {MaxText} characters.");
        if (request.Language is not null && !Languages.All.Contains(request.Language))
            return Problems.Invalid("language", $"one of {string.Join(' ', Languages.All)}.");
        if (Entities(request.Entities) is not { } entities)
            return Missing;
        var asked = new AnalysisRequest(
            text, time.GetUtcNow(), request.Language, tenancy.Value.TenantId, TimeZone: tenancy.Value.TimeZone, Country: tenancy.Value.Country);
        var (found, refusal) = await grains.GetGrain<IEntityTrialGrain>(IEntityTrialGrain.Key).FindAsync(asked, entities, cancellationToken);
        return refusal is not null ? Problems.From(refusal) : TypedResults.Ok(new EntityList(found));
    }

    private static ProblemHttpResult Missing => Problems.Invalid("entities", "a list of objects, empty for none.");

    private static ImmutableArray<OwnEntity>? Entities(EntityRequest?[]? entities) =>
        entities is null || entities.Any(entity => entity is null || entity.Values?.Any(value => value is null) == true) ? null : [.. entities.Select(entity => entity!.ToEntity())];
}

/// <summary>What the tenant's own entities are from now on.</summary>
/// <param name="Version">The version that the change was made to, as GET /v1/entities shows it; 0 for the first.</param>
/// <param name="Entities">At most 50; empty for none.</param>
internal sealed record ReplaceEntitiesRequest(long? Version, EntityRequest[]? Entities) : IIdempotentRequest;

/// <summary>Entities to be tried on a text.</summary>
/// <param name="Entities">At most 50.</param>
/// <param name="Text">1 to 10,000 characters.</param>
/// <param name="Language">The language it most likely is in, ISO 639-1, used when the text alone does not tell.</param>
internal sealed record EntityTrialRequest(EntityRequest[]? Entities, string? Text, string? Language = null) : IIdempotentRequest;

/// <summary>An entity of the tenant's own: a pattern, a list, or both.</summary>
/// <param name="Name">1 to 40 lower-case letters, digits and underscores, a letter first; once in the list.</param>
/// <param name="Pattern">
/// A .NET regular expression of at most 300 characters, case-sensitive unless it begins with (?i), without look-around and back-references. A group called value is
/// the entity; else the whole match.
/// </param>
/// <param name="Values">Known values, found as whole words in any case.</param>
/// <param name="IsPersonal">Whether redaction hides it; left out, it does.</param>
internal sealed record EntityRequest(string? Name, string? Pattern = null, EntityValueRequest[]? Values = null, bool IsPersonal = true)
{
    public OwnEntity ToEntity() => new(Name ?? "", Pattern, [.. (Values ?? []).Select(value => new OwnEntityValue(value.Value ?? "", [.. (value.Forms ?? []).Select(form => form ?? "")]))], IsPersonal);
}

/// <summary>A value on a list.</summary>
/// <param name="Value">How it is reported, whichever form stood in the text; 1 to 80 characters.</param>
/// <param name="Forms">Other ways to write it, 1 to 80 characters each.</param>
internal sealed record EntityValueRequest(string? Value, string[]? Forms = null);

/// <summary>What was found in a text.</summary>
/// <param name="Items">In order of their place.</param>
internal sealed record EntityList(ImmutableArray<Entity> Items);
