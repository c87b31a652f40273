namespace Orleans.Runtime;

/// <summary>What the engine knows of one activation.</summary>
public interface IGrainContext : IEquatable<IGrainContext>
{
    GrainReference GrainReference { get; }

    GrainId GrainId { get; }

    object? GrainInstance { get; }

    IServiceProvider ActivationServices { get; }

    /// <summary>Completes when the activation is gone.</summary>
    Task Deactivated { get; }

    TComponent? GetComponent<TComponent>() where TComponent : class;

    void SetComponent<TComponent>(TComponent? value) where TComponent : class;

    void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default);
}

public interface IGrainContextAccessor
{
    IGrainContext GrainContext { get; }
}
