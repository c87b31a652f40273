using CustomerService.Shell;

namespace CustomerService.Conversations;

/// <summary>What stands in the conversation column, from the journal's entries: one line per thing that an agent needs to see, a heading at each new day.</summary>
internal static class Timeline
{
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
                items.Add(new DayItem(entry.Sequence, RelativeTime.Day(now, entry.At)) { At = entry.At });
            day = entry.At;
            items.Add(item with { IsFollowUp = item is MessageItem message && items[^1] is MessageItem before && Follows(message, before) });
        }

        items.AddRange(pending.Select(message => new PendingItem(message)));
        return items.ToImmutable();
    }

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
