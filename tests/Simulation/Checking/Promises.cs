using CustomerService.Agents;
using CustomerService.Conversations;
using CustomerService.Simulation.Storage;

namespace CustomerService.Simulation.Checking;

/// <summary>A promise of DESIGN.md section 3 that was broken.</summary>
internal sealed record Broken(string Promise, string How)
{
    public override string ToString() => $"{Promise}: {How}";
}

/// <summary>What the product promises, checked after every commit, after every answer and after every step.</summary>
internal sealed class Promises(Disk disk, IReadOnlyDictionary<string, AgentRole> agents, TimeSpan reopenWindow)
{
    public const string Stored = "acknowledged is stored";
    public const string Once = "one copy per dedup id";
    public const string Gapless = "sequences have no gaps";
    public const string OneBaton = "exactly one holds the baton";
    public const string OneConversation = "one open conversation per address";
    public const string Outbox = "outbox entries come to an end";
    public const string Replay = "replay gives the same state";
    public const string CatchUp = "consumers miss nothing";
    public const string Small = "hot state is at most 8 KB";
    public const string Answered = "every call is answered in the end";

    private const int MaxHotBytes = 8192;

    private readonly Dictionary<ConversationKey, Shadow> _shadows = [];
    private readonly Dictionary<string, List<Shadow>> _byAddress = [];

    public Broken? Broken { get; private set; }

    public IEnumerable<Shadow> Shadows => _shadows.Values;

    /// <summary>How far dates may lie: the sum of what the plan sets clocks by.</summary>
    public TimeSpan Jumps { get; set; }

    public void Fail(string promise, string how) => Broken ??= new(promise, how);

    public Shadow? Find(ConversationKey key) => _shadows.GetValueOrDefault(key);

    /// <summary>The conversations of an address in the order of their start.</summary>
    public IReadOnlyList<Shadow> Of(string address) => _byAddress.GetValueOrDefault(address) ?? [];

    public void OnCommit(IReadOnlyList<(ConversationKey Key, Conversation? Next)> touched)
    {
        foreach (var (key, next) in touched)
        {
            if (!_shadows.TryGetValue(key, out var shadow))
                _shadows[key] = shadow = new(key, this, agents);
            Follow(shadow, next);
            CheckSnapshot(shadow);
            CheckOutbox(shadow);
            if (Broken is not null)
                return;
        }
    }

    /// <summary>A message that somebody was told is stored.</summary>
    public void Acknowledged(AuthorKind author, string dedupId, Posted posted)
    {
        var entry = disk.EntriesOf(posted.Conversation).FirstOrDefault(entry => entry.Sequence == posted.Sequence)?.Read();
        if (entry?.Event is not MessagePosted { Message: var message } || message.DedupId != dedupId || message.Author.Kind != author)
            Fail(Stored, $"{dedupId} was acknowledged as entry {posted.Sequence} of {Short(posted.Conversation)}, which is {entry?.Event.GetType().Name ?? "not stored"}");
    }

    /// <summary>A baton that somebody was told they hold.</summary>
    public void Acknowledged(ConversationKey key, Baton baton)
    {
        var stored = disk.EntriesOf(key).FirstOrDefault(entry => entry.Sequence == baton.Fence)?.Read().Event as BatonPassed;
        if (baton.Fence > 0 && stored?.To != baton)
            Fail(Stored, $"{baton.Holder} {baton.Agent} was told of the baton at {baton.Fence} of {Short(key)}, which is not stored");
    }

    /// <summary>A conversation in memory may be behind the journal, never ahead of it or beside it.</summary>
    public void InMemory(Conversation state)
    {
        var bytes = ConversationJson.Write(state);
        if (bytes.Length > MaxHotBytes)
            Fail(Small, $"{Short(state.Key)} has {bytes.Length} bytes at {state.LastSequence}");
        var stored = disk.LastOf(state.Key);
        if (state.LastSequence > stored)
            Fail(Stored, $"{Short(state.Key)} is at {state.LastSequence} in memory and at {stored} in the journal");
        else if (state.LastSequence == stored && stored > 0 && !bytes.AsSpan().SequenceEqual(ConversationJson.Write(_shadows[state.Key].State)))
            Fail(Replay, $"{Short(state.Key)} at {stored} is not in memory what its journal folds to");
    }

    /// <summary>When everything has come to rest.</summary>
    public void AtRest(Func<Shadow, bool> isRecorded)
    {
        foreach (var shadow in _shadows.Values)
        {
            var folded = disk.EntriesOf(shadow.Key).Aggregate(new Conversation { Key = shadow.Key }, (state, entry) => state.Apply(entry.Read()));
            if (!ConversationJson.Write(folded).AsSpan().SequenceEqual(ConversationJson.Write(shadow.State)))
                Fail(Replay, $"{Short(shadow.Key)} folds to another state a second time");
            if (!isRecorded(shadow))
                Fail(Outbox, $"the contact's history does not name {Short(shadow.Key)}");
        }

        if (disk.Outbox is [var left, ..])
            Fail(Outbox, $"{left.Kind} of {Short(left.Conversation)} was never done");
    }

    internal void Started(Shadow started, DateTimeOffset at)
    {
        var address = started.State.Origin!.Channel.Address;
        if (!_byAddress.TryGetValue(address, out var earlier))
            _byAddress[address] = earlier = [];
        if (earlier is [.., var last] && !last.WasReopenedByAgent)
        {
            if (!last.State.IsResolved)
                Fail(OneConversation, $"{address} has {Short(last.Key)} open and got {Short(started.Key)}");
            else if (at - last.State.ResolvedAt < reopenWindow - Jumps)
                Fail(OneConversation, $"{address} got {Short(started.Key)} although {Short(last.Key)} was resolved only {at - last.State.ResolvedAt} before");
        }

        earlier.Add(started);
    }

    internal static string Short(ConversationKey key) => key.Id.ToString("N")[^6..];

    private void Follow(Shadow shadow, Conversation? next)
    {
        var entries = disk.EntriesOf(shadow.Key);
        if (entries.Count < shadow.Count)
            Fail(Stored, $"{Short(shadow.Key)} has lost entries");
        foreach (var entry in entries.Skip(shadow.Count))
        {
            shadow.Count++;
            if (entry.Sequence != shadow.State.LastSequence + 1)
                Fail(Gapless, $"{Short(shadow.Key)} has entry {entry.Sequence} after {shadow.State.LastSequence}");
            if (Broken is not null)
                return;
            shadow.Add(entry.Read());
        }

        if (next is not null && next.LastSequence == shadow.State.LastSequence && !ConversationJson.Write(next).AsSpan().SequenceEqual(ConversationJson.Write(shadow.State)))
            Fail(Replay, $"{Short(shadow.Key)} at {next.LastSequence}: the writer's state is not what the journal folds to");
    }

    private void CheckSnapshot(Shadow shadow)
    {
        if (!disk.Snapshots.TryGetValue(shadow.Key, out var bytes))
            return;

        var snapshot = ConversationJson.ReadConversation(bytes);
        if (snapshot.LastSequence > shadow.State.LastSequence)
            Fail(Replay, $"the snapshot of {Short(shadow.Key)} is at {snapshot.LastSequence}, its journal at {shadow.State.LastSequence}");
        else if (snapshot.LastSequence == shadow.State.LastSequence && !bytes.AsSpan().SequenceEqual(ConversationJson.Write(shadow.State)))
            Fail(Replay, $"the snapshot of {Short(shadow.Key)} at {snapshot.LastSequence} is not what its journal folds to");
    }

    private void CheckOutbox(Shadow shadow)
    {
        if (shadow.State.OwesAnswer && !disk.Outbox.Contains(new(shadow.Key, OutboxKinds.Turn)))
            Fail(Outbox, $"{Short(shadow.Key)} owes an answer and the outbox does not know");
    }
}
