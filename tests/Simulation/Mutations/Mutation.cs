using CustomerService.Simulation.Storage;

namespace CustomerService.Simulation.Mutations;

/// <summary>One deliberate defect of the product, put in by what the product is given: its storage, a filter around its calls, its settings.</summary>
internal sealed record Mutation(string Name)
{
    public static Mutation None { get; } = new("none");

    public StorageDefects Storage { get; init; } = new();

    /// <summary>Stands around every call of a grain.</summary>
    public Func<IIncomingGrainCallContext, Task>? Calls { get; init; }

    /// <summary>Whether unfinished work is taken up again.</summary>
    public bool Resumes { get; init; } = true;

    /// <summary>Whether views read again although nothing woke them.</summary>
    public bool CatchesUp { get; init; } = true;
}
