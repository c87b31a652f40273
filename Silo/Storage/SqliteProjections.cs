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
    // Null: only known to be behind, since the start; folded when somebody needs it.
    private readonly Dictionary<long, Conversation?> _behind = [];
    private readonly Queue<Waiting> _order = [];
    private SqliteJournalStatements? _statements;
    private bool _isCaughtUp;
    private long _newest;

    public SqliteJournalStatements Statements => _statements ??= file.Own(new SqliteJournalStatements(file.Writer));

    /// <summary>True when a conversation has waited for <see cref="StorageOptions.ProjectionInterval"/>: what comes in quick succession shares a snapshot.</summary>
    public bool IsDue => _order.TryPeek(out var first) && time.GetElapsedTime(first.Since) >= options.Value.ProjectionInterval;

    /// <summary>Takes note of a conversation's newest state, and where in the journal it was stored.</summary>
    public void Follow(long number, long position, Conversation conversation)
    {
        CatchUp();
        ref var state = ref CollectionsMarshal.GetValueRefOrAddDefault(_behind, number, out var isWaiting);
        state = conversation;
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
            _behind.Remove(waiting.Number, out var state);
            Statements.Save(waiting.Number, state ?? Load(waiting.Number));
        }

        if (_newest > 0)
            Statements.MarkProjected(_order.TryPeek(out var next) ? next.Position - 1 : _newest);
    }

    /// <summary>The newest states of a shard's conversations that their snapshots do not show yet, by number.</summary>
    public Dictionary<long, Conversation> Behind(QueueKey queue)
    {
        CatchUp();
        foreach (var number in _behind.Where(pair => pair.Value is null).Select(pair => pair.Key).ToList())
            _behind[number] = Load(number);
        return _behind.Where(pair => pair.Value!.Queue == queue).ToDictionary(pair => pair.Key, pair => pair.Value!);
    }

    /// <summary>After a rollback the journal alone is right.</summary>
    public void Forget()
    {
        _behind.Clear();
        _order.Clear();
        (_newest, _isCaughtUp) = (0, false);
    }

    private Conversation Load(long number) => JournalQueries.Load(file.Writer, JournalQueries.KeyOf(file.Writer, number));

    private void CatchUp()
    {
        if (_isCaughtUp)
            return;

        _isCaughtUp = true;
        foreach (var (number, first, last) in JournalQueries.Unprojected(file.Writer))
        {
            _behind.Add(number, null);
            _order.Enqueue(new(number, first, time.GetTimestamp()));
            _newest = Math.Max(_newest, last);
        }
    }

    /// <param name="Number">Which conversation.</param>
    /// <param name="Position">Its first entry that no snapshot shows.</param>
    /// <param name="Since">When that came.</param>
    private readonly record struct Waiting(long Number, long Position, long Since);
}
