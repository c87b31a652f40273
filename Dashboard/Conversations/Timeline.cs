using CustomerService.Shell;

namespace CustomerService.Conversations;

/// <summary>What stands in the conversation column, from the journal's entries.</summary>
internal abstract record TimelineItem(string Id)
{
    /// <summary>Builds the column: one line per thing that an agent needs to see, with a heading at each new day.</summary>
    public static ImmutableArray<TimelineItem> Build(IReadOnlyList<ConversationEntry> entries, IReadOnlyList<PendingMessage> pending, long readByContact, DateTimeOffset now)
    {
        var items = ImmutableArray.CreateBuilder<TimelineItem>();
        var lastRead = entries.LastOrDefault(e => e.Sequence <= readByContact && IsOurs(e))?.Sequence;
        DateTimeOffset? day = null;
        foreach (var entry in entries)
        {
            if (Of(entry, lastRead) is not { } item)
                continue;

            if (day?.UtcDateTime.Date != entry.At.UtcDateTime.Date)
                items.Add(new DayItem(RelativeTime.Day(now, entry.At)) { At = entry.At });
            day = entry.At;
            items.Add(item with { IsFollowUp = item is MessageItem message && items[^1] is MessageItem before && Follows(message, before) });
        }

        items.AddRange(pending.Select(message => new PendingItem(message)));
        return items.ToImmutable();
    }

    public DateTimeOffset At { get; init; }

    /// <summary>True when the same author wrote just before: the name is not repeated.</summary>
    public bool IsFollowUp { get; init; }

    private static TimelineItem? Of(ConversationEntry entry, long? lastRead) => entry.Event switch
    {
        MessagePosted posted => new MessageItem(entry.Sequence, posted.Message, entry.Sequence == lastRead) { At = entry.At },
        NoteAdded note => new NoteItem(entry.Sequence, note) { At = entry.At },
        AlertRaised raised => new AlertItem(entry.Sequence, raised.Alert) { At = entry.At },
        BatonPassed passed => new SystemItem(entry.Sequence, Describe(passed)) { At = entry.At },
        StatusChanged changed => new SystemItem(entry.Sequence, Describe(changed)) { At = entry.At },
        ConversationStarted started => new SystemItem(entry.Sequence, $"{Words.Contact(started.Origin)} started the conversation on {Words.Channel(started.Origin.Kind).ToLowerInvariant()}") { At = entry.At },
        _ => null,
    };

    private static bool IsOurs(ConversationEntry entry) => entry.Event is MessagePosted { Message.Author.Kind: AuthorKind.Agent or AuthorKind.Assistant };

    private static bool Follows(MessageItem message, MessageItem before) =>
        message.Message.Author == before.Message.Author && message.At - before.At < TimeSpan.FromMinutes(5);

    private static string Describe(BatonPassed passed)
    {
        var by = passed.By.Kind == AuthorKind.Agent ? passed.By.Name ?? "An agent" : null;
        return passed.To.Holder switch
        {
            BatonHolder.Assistant when by is not null => $"{by} handed back to the assistant",
            BatonHolder.Assistant => "The assistant answers again",
            BatonHolder.Queue => $"Handed to people. {passed.Reason}".TrimEnd(),
            _ => $"{Words.Holder(passed.To)} took over from {(passed.From.Holder == BatonHolder.Queue ? "the queue" : Words.Holder(passed.From) is "Assistant" ? "the assistant" : Words.Holder(passed.From))}",
        };
    }

    private static string Describe(StatusChanged changed)
    {
        var by = changed.By.Kind switch
        {
            AuthorKind.Agent => changed.By.Name ?? "An agent",
            AuthorKind.Contact => "The contact",
            AuthorKind.Assistant => "The assistant",
            _ => "A rule",
        };
        return (changed.From, changed.To) switch
        {
            (_, ConversationStatus.Resolved) => $"{by} resolved the conversation",
            (ConversationStatus.Resolved, _) => $"{by} reopened the conversation",
            (_, ConversationStatus.Pending) => "Waiting for the contact",
            (_, ConversationStatus.Snoozed) => $"{by} snoozed the conversation",
            _ => "Open again",
        };
    }
}

internal sealed record DayItem(string Name) : TimelineItem("day-" + Name);

internal sealed record MessageItem(long Sequence, Message Message, bool IsLastRead) : TimelineItem("m-" + Sequence);

internal sealed record NoteItem(long Sequence, NoteAdded Note) : TimelineItem("m-" + Sequence);

internal sealed record AlertItem(long Sequence, Alert Alert) : TimelineItem("m-" + Sequence);

internal sealed record SystemItem(long Sequence, string Text) : TimelineItem("m-" + Sequence);

internal sealed record PendingItem(PendingMessage Pending) : TimelineItem("p-" + Pending.DedupId);

/// <summary>What an agent sent and the journal has not confirmed.</summary>
/// <param name="DedupId">Ours: sending it again changes nothing.</param>
/// <param name="Text">The text.</param>
/// <param name="IsNote">True when only agents see it.</param>
/// <param name="Failure">Why it was not stored; null while it is under way.</param>
internal sealed record PendingMessage(string DedupId, string Text, bool IsNote, string? Failure = null);
