using Orleans.Concurrency;

namespace CustomerService.Nlu;

/// <summary>What a tenant wants to have found in messages besides the usual: its own entities.</summary>
/// <remarks>
/// Key: <see cref="Tenancy.TenantId"/>. They survive a restart. No message passes here: each silo keeps them ready and asks for newer ones
/// every <c>Nlu:OwnEntitiesInterval</c>; the silo where they are replaced knows at once.
/// </remarks>
[Alias("own-entities")]
public interface IOwnEntitiesGrain : IGrainWithStringKey
{
    /// <summary>All of them.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The entities and their version; version 0 and none before the first are stored.</returns>
    [Alias("get"), ReadOnly]
    Task<OwnEntityList> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>All of them, when they have changed.</summary>
    /// <param name="than">The version that the caller has.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The entities; null when their version is not greater.</returns>
    [Alias("get-newer"), ReadOnly]
    Task<OwnEntityList?> GetNewerAsync(long than, CancellationToken cancellationToken = default);

    /// <summary>Puts other entities in their place, all or none. Blanks around values do not count.</summary>
    /// <param name="version">The version that the change was made to.</param>
    /// <param name="entities">What they are from now on; empty for none.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// What was stored; or <see cref="RefusalKind.Conflict"/> <c>entities.changed</c> when the version is not the one that is stored; or <see cref="RefusalKind.Invalid"/> as
    /// <see cref="OwnEntity"/> lists them.
    /// </returns>
    [Alias("replace")]
    Task<Result<OwnEntityList>> ReplaceAsync(long version, ImmutableArray<OwnEntity> entities, CancellationToken cancellationToken = default);
}

/// <summary>Tries entities on a text before they are stored.</summary>
/// <remarks>Key: any; <see cref="Key"/> by custom. A stateless worker.</remarks>
[Alias("entity-trial")]
public interface IEntityTrialGrain : IGrainWithStringKey
{
    /// <summary>The key that everybody uses.</summary>
    const string Key = "trial";

    /// <summary>Finds the entities of a text as if these were the tenant's own; what the tenant has stored does not matter.</summary>
    /// <param name="request">The text and what is known around it.</param>
    /// <param name="entities">What is to be found besides the usual.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What was found, in order of its place; or <see cref="RefusalKind.Invalid"/> as <see cref="OwnEntity"/> lists them.</returns>
    [Alias("find")]
    Task<Result<ImmutableArray<Entity>>> FindAsync(AnalysisRequest request, ImmutableArray<OwnEntity> entities, CancellationToken cancellationToken = default);
}

/// <summary>A tenant's own entities.</summary>
/// <param name="Version">Goes up with every change; 0 before the first.</param>
/// <param name="Entities">In the tenant's order.</param>
[GenerateSerializer, Immutable, Alias("own-entity-list")]
public sealed record OwnEntityList([property: Id(0)] long Version, [property: Id(1)] ImmutableArray<OwnEntity> Entities);
