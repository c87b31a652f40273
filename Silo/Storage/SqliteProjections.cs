using System.Runtime.InteropServices;
using CustomerService.Conversations;
using CustomerService.Routing;
using Microsoft.Extensions.Options;

namespace CustomerService.Storage;

/// <summary>
/// Snapshots and the rows of lists, which follow the journal when there is time for it: a few with every commit, many while the writer rests.
/// Whoever waits longest comes first, so that <c>projected</c> can say up to which position of the journal nothing is missing. Used by the writer's thread alone.
/// </summary>
internal sealed class SqliteProjections(SqliteFile file, IOptions<StorageOptions> options, TimeProvider time)
{
    private readonly Dictionary<long, Behind> _behind = [];
    private readonly Queue<Waiting> _order = [];

    // The states of this commit and the one before: their grains may not have heard of it yet. Held for longer, states would outlive two collections.
    private Dictionary<long, Conversation> _fresh = [];
    private Dictionary<long, Conversation> _freshBefore = [];
    private SqliteJournalStatements? _statements;
    private bool _isCaughtUp;
    private long _newest;

    public SqliteJournalStatements Statements => _statements ??= file.Own(new SqliteJournalStatements(file.Writer));

    /// <summary>True when a conversation has waited for <see cref="StorageOptions.ProjectionInterval"/>: what comes in quick succession shares a snapshot.</summary>
    public bool IsDue => _order.TryPeek(out var first) && time.GetElapsedTime(first.Since) >= options.Value.ProjectionInterval;

    /// <summary>Takes note of who holds a conversation's newest state, and where in the journal it was stored.</summary>
    public void Follow(long number, long position, JournalAppend append)
    {
        CatchUp();
        ref var behind = ref CollectionsMarshal.GetValueRefOrAddDefault(_behind, number, out var isWaiting);
        behind = new(append.Place, append.Next.LastSequence);
        _fresh[number] = append.Next;
        _newest = position;
        if (!isWaiting)
            _order.Enqueue(new(number, position, time.GetTimestamp()));
    }

    /// <summary>Writes the snapshots of those that have waited longest.</summary>
    public void Project(int limit)
    {
        CatchUp();
        for (; limit > 0 && _order.TryDequeue(out var waiting); limit--)
        {
            _behind.Remove(waiting.Number, out var behind);
            Statements.Save(waiting.Number, StateOf(waiting.Number, behind));
        }

        if (_newest > 0)
            Statements.MarkProjected(_order.TryPeek(out var next) ? next.Position - 1 : _newest);
    }

    /// <summary>After a commit.</summary>
    public void OnCommitted()
    {
        (_fresh, _freshBefore) = (_freshBefore, _fresh);
        _fresh.Clear();
    }

    /// <summary>The newest states of a shard's conversations that their snapshots do not show yet, by number.</summary>
    public Dictionary<long, Conversation> BehindOf(QueueKey queue)
    {
        CatchUp();
        var states = _behind.Where(pair => (pair.Value.Place?.Queue ?? queue) == queue).ToDictionary(pair => pair.Key, pair => StateOf(pair.Key, pair.Value));
        foreach (var (number, state) in states)
        {
            if (_behind[number].Place is null)
                _behind[number] = new(new Folded(state), state.LastSequence);
        }

        return states.Where(pair => pair.Value.Queue == queue).ToDictionary();
    }

    /// <summary>After a rollback the journal alone is right.</summary>
    public void Forget()
    {
        _behind.Clear();
        _order.Clear();
        _fresh.Clear();
        _freshBefore.Clear();
        (_newest, _isCaughtUp) = (0, false);
    }

    // When nobody has it, as after a start, the journal is folded.
    private Conversation StateOf(long number, Behind behind) =>
        FreshOf(number, behind.LastSequence) ?? behind.Place?.StateFrom(behind.LastSequence) ?? Load(number);

    private Conversation? FreshOf(long number, long sequence) =>
        (_fresh.TryGetValue(number, out var fresh) || _freshBefore.TryGetValue(number, out fresh)) && fresh.LastSequence == sequence ? fresh : null;

    private Conversation Load(long number) => JournalQueries.Load(file.Writer, JournalQueries.KeyOf(file.Writer, number));

    private void CatchUp()
    {
        if (_isCaughtUp)
            return;

        _isCaughtUp = true;
        foreach (var (number, first, last) in JournalQueries.Unprojected(file.Writer))
        {
            _behind.Add(number, default);
            _order.Enqueue(new(number, first, time.GetTimestamp()));
            _newest = Math.Max(_newest, last);
        }
    }

    /// <summary>What was behind at the start, once somebody has needed it.</summary>
    private sealed class Folded(Conversation state) : JournalPlace
    {
        public override QueueKey? Queue => state.Queue;

        public override Conversation? StateFrom(long sequence) => state;
    }

    /// <param name="Place">Who holds its state; null when it is only known to be behind, since the start.</param>
    /// <param name="LastSequence">Its newest entry.</param>
    private readonly record struct Behind(JournalPlace? Place, long LastSequence);

    /// <param name="Number">Which conversation.</param>
    /// <param name="Position">Its first entry that no snapshot shows.</param>
    /// <param name="Since">When that came.</param>
    private readonly record struct Waiting(long Number, long Position, long Since);
}
