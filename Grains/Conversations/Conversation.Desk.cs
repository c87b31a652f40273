using CustomerService.Agents;

namespace CustomerService.Conversations;

// What agents and supervisors do.
internal sealed partial record Conversation
{
    public Result<Change> Reply(AgentProfile agent, string text, string dedupId, DateTimeOffset now)
    {
        if (MessageText.Check(dedupId, text, out var clean) is { } invalid)
            return invalid;
        if (!Holds(agent))
            return NotHeld;

        return At(now).With(new MessagePosted(new(AuthorOf(agent), dedupId, clean)));
    }

    public Result<Change> AddNote(AgentProfile agent, string text, DateTimeOffset now)
    {
        if (MessageText.Check("note", text, out var clean) is { } invalid)
            return invalid;

        return At(now).With(new NoteAdded(AuthorOf(agent), clean));
    }

    public Result<Change> Take(AgentProfile agent, DateTimeOffset now)
    {
        if (IsResolved)
            return Closed;
        if (Holds(agent))
            return At(now);
        if (IsHeldByPerson && !Leads(agent))
            return HeldByOther;

        return At(now).Passed(Holding(agent), AuthorOf(agent), $"{agent.Name} took over.");
    }

    public Result<Change> HandBack(AgentProfile agent, DateTimeOffset now)
    {
        if (!Holds(agent) && !Leads(agent))
            return NotHeld;
        if (Baton.Holder == BatonHolder.Assistant)
            return At(now);

        return At(now).Passed(new(BatonHolder.Assistant), AuthorOf(agent), $"{agent.Name} handed back to the assistant.");
    }

    public Result<Change> Resolve(AgentProfile agent, DateTimeOffset now)
    {
        if (IsResolved)
            return At(now);
        if (IsHeldByPerson && !Holds(agent) && !Leads(agent))
            return HeldByOther;

        var change = At(now);
        if (Baton.Holder != BatonHolder.Assistant)
            change = change.Passed(new(BatonHolder.Assistant), AuthorOf(agent), "The conversation was resolved.");
        return change.With(new StatusChanged(Status, ConversationStatus.Resolved, AuthorOf(agent)));
    }

    public Result<Change> Reopen(AgentProfile agent, DateTimeOffset now)
    {
        if (!IsResolved)
            return At(now);

        return At(now)
            .With(new StatusChanged(Status, ConversationStatus.Open, AuthorOf(agent)))
            .Passed(Holding(agent), AuthorOf(agent), $"{agent.Name} reopened the conversation.");
    }

    /// <summary>Records how far a side has read. What is not there yet cannot be read.</summary>
    public Result<Change> MarkRead(AuthorKind reader, long upTo, DateTimeOffset now)
    {
        if (reader is not (AuthorKind.Contact or AuthorKind.Agent))
            return new Refusal(RefusalKind.Invalid, "read.reader", "Only the contact and agents read messages.");

        var seen = Math.Min(upTo, LastSequence);
        return seen <= ReadUpTo(reader) ? At(now) : At(now).With(new MessagesRead(reader, seen));
    }

    public long ReadUpTo(AuthorKind reader) => reader == AuthorKind.Contact ? ReadByContact : ReadByAgent;

    private bool Holds(AgentProfile agent) => IsHeldByPerson && Baton.Agent == agent.Id.Value;

    private static bool Leads(AgentProfile agent) => agent.Role >= AgentRole.Supervisor;

    private static Author AuthorOf(AgentProfile agent) => new(AuthorKind.Agent, agent.Id.Value, agent.Name);

    private static Baton Holding(AgentProfile agent) => new(Leads(agent) ? BatonHolder.Supervisor : BatonHolder.Agent, agent.Id.Value, agent.Name);
}
