using CustomerService.Agents;
using CustomerService.Conversations;

namespace CustomerService.Simulation.Checking;

/// <summary>One conversation as its journal alone tells it. The baton is followed by rules of its own, not by the product's.</summary>
internal sealed class Shadow(ConversationKey key, Promises promises, IReadOnlyDictionary<string, AgentRole> agents)
{
    private readonly HashSet<(AuthorKind, string)> _ids = [];
    private Baton _baton = new(BatonHolder.Assistant);

    public ConversationKey Key => key;

    public Conversation State { get; private set; } = new() { Key = key };

    /// <summary>How many entries of the journal have been looked at.</summary>
    public int Count { get; set; }

    public bool WasReopenedByAgent { get; private set; }

    public void Add(ConversationEntry entry)
    {
        State = State.Apply(entry);
        switch (entry.Event)
        {
            case ConversationStarted:
                promises.Started(this, entry.At);
                break;
            case MessagePosted { Message: var message }:
                Said(message, entry.Sequence);
                break;
            case BatonPassed passed:
                Passed(passed, entry.Sequence);
                break;
            case StatusChanged { From: ConversationStatus.Resolved, By.Kind: AuthorKind.Agent }:
                WasReopenedByAgent = true;
                break;
        }
    }

    private void Said(Message message, long sequence)
    {
        if (!_ids.Add((message.Author.Kind, message.DedupId)))
            promises.Fail(Promises.Once, $"{message.DedupId} of {message.Author.Kind} stands twice in {Promises.Short(key)}, again at {sequence}");
        var mayAnswer = message.Author.Kind switch
        {
            AuthorKind.Agent => IsHeldBy(message.Author.Id),
            AuthorKind.Assistant => _baton.Holder == BatonHolder.Assistant,
            _ => true,
        };
        if (!mayAnswer)
            promises.Fail(Promises.OneBaton, $"{message.Author.Kind} {message.Author.Id} answered at {sequence} of {Promises.Short(key)} while {_baton.Holder} {_baton.Agent} held the baton");
    }

    private void Passed(BatonPassed passed, long sequence)
    {
        if (passed.From != _baton)
            promises.Fail(Promises.OneBaton, $"at {sequence} of {Promises.Short(key)} the baton passed from {passed.From.Holder} {passed.From.Agent}, but {_baton.Holder} {_baton.Agent} held it");
        if (!MayPass(passed))
            promises.Fail(Promises.OneBaton, $"at {sequence} of {Promises.Short(key)} {passed.By.Kind} {passed.By.Id} passed the baton of {_baton.Holder} {_baton.Agent} to {passed.To.Holder} {passed.To.Agent}");
        if (passed.To.Fence != sequence)
            promises.Fail(Promises.OneBaton, $"the baton passed at {sequence} of {Promises.Short(key)} carries fence {passed.To.Fence}");
        _baton = passed.To;
    }

    private bool MayPass(BatonPassed passed) => passed.By switch
    {
        { Kind: AuthorKind.Agent, Id: { } id } => (!IsHeldByPerson || IsHeldBy(id) || agents[id] >= AgentRole.Supervisor) && (passed.To.Agent is null || passed.To.Agent == id),
        _ => _baton.Holder == BatonHolder.Assistant && passed.To.Holder == BatonHolder.Queue,
    };

    private bool IsHeldByPerson => _baton.Holder is BatonHolder.Agent or BatonHolder.Supervisor;

    private bool IsHeldBy(string? agent) => IsHeldByPerson && _baton.Agent == agent;
}
