using CustomerService.Agents;
using CustomerService.Conversations;
using CustomerService.Simulation.Storage;

namespace CustomerService.Simulation.Mutations;

/// <summary>The defects that the simulation must notice.</summary>
internal static class AllMutations
{
    public static ImmutableArray<Mutation> List { get; } =
    [
        new("commit after acknowledge") { Storage = new() { AcknowledgesBeforeCommit = true } },
        new("failed commit taken for stored") { Storage = new() { SwallowsFailures = true } },
        new("commit torn in the middle") { Storage = new() { TearsCommits = true } },
        new("sequence accepted twice") { Storage = new() { AcceptsTakenSequences = true } },
        new("no duplicate check") { Storage = new() { ForgetsDedupIds = true } },
        new("lost outbox entry") { Storage = new() { LosesOutbox = true } },
        new("outbox entry never confirmed") { Storage = new() { KeepsOutbox = true } },
        new("unfinished work not taken up") { Resumes = false },
        new("two baton holders") { Calls = EverybodyLeads },
        new("reopen makes a second conversation") { Calls = ResolvedIsClosed },
        new("an address forgets its conversation") { Storage = new() { LosesStates = true } },
        new("tags of states not compared") { Storage = new() { IgnoresTags = true } },
        new("snapshot newer than its journal") { Storage = new() { SavesSnapshotsAhead = true } },
        new("wake-up without catch-up") { CatchesUp = false },
    ];

    // Any agent takes from any other, as only a supervisor may.
    private static Task EverybodyLeads(IIncomingGrainCallContext call)
    {
        if (call.MethodName == nameof(IConversationGrain.TakeAsync))
            call.Request.SetArgument(0, (AgentProfile)call.Request.GetArgument(0)! with { Role = AgentRole.Supervisor });
        return call.Invoke();
    }

    // The reopen window is forgotten.
    private static Task ResolvedIsClosed(IIncomingGrainCallContext call)
    {
        if (call.MethodName != nameof(IConversationGrain.PostAsync) || call.Grain is not ConversationGrain grain || Inside.StateOf(grain) is not { IsResolved: true })
            return call.Invoke();

        call.Result = (Result<Posted>)new Refusal(RefusalKind.Conflict, "conversation.closed", "The conversation is closed; start a new one.");
        return Task.CompletedTask;
    }
}
