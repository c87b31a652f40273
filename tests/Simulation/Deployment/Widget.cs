using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Simulation.Checking;
using CustomerService.Simulation.Storage;
using CustomerService.Simulation.Workload;

namespace CustomerService.Simulation.Deployment;

/// <summary>A contact's chat window, with the Gateway's socket protocol: a position that outlives every process, wake-ups, and a slow refresh besides.</summary>
internal sealed class Widget(string address, Disk disk, Promises promises) : IConversationObserver
{
    private static readonly TimeSpan Refresh = TimeSpan.FromSeconds(20);

    private TaskCompletionSource _wake = new();
    private ConversationKey? _following;
    private long _position;

    /// <summary>Connects to a process; the loop ends with it, the position stays.</summary>
    public void Connect(SimulatedSilo silo, bool catchesUp) => silo.Node.Run(async () =>
    {
        var reference = silo.Grains.CreateObjectReference<IConversationObserver>(this);
        while (!silo.Node.IsDead)
        {
            try
            {
                await DeliverAsync(silo.Grains, reference);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // The next refresh tries again.
            }

            await WaitAsync(silo.Node.Time, catchesUp);
        }
    });

    public Task ChangedAsync(ConversationKey conversation, long lastSequence)
    {
        _wake.TrySetResult();
        return Task.CompletedTask;
    }

    public Task TypingAsync(ConversationKey conversation, Author author, bool isTyping) => Task.CompletedTask;

    public void CheckAtRest(bool withNewest)
    {
        if (_following is { } key && _position != disk.LastOf(key))
            promises.Fail(Promises.CatchUp, $"the widget of {address} has {Promises.Short(key)} up to {_position}, the journal goes to {disk.LastOf(key)}");
        if (withNewest && promises.Of(address) is [.., var newest] && _following != newest.Key)
            promises.Fail(Promises.CatchUp, $"the widget of {address} does not follow {Promises.Short(newest.Key)}");
    }

    private async Task DeliverAsync(IGrainFactory grains, IConversationObserver reference)
    {
        if (await grains.GetGrain<IContactChannelGrain>(Staff.Channel(address).ToString()).GetCurrentAsync() is not { } current)
            return;

        if (_following != current)
            (_following, _position) = (current, 0);
        var conversation = grains.GetGrain<IConversationGrain>(current.ToString());
        await conversation.WatchAsync(reference);
        while (true)
        {
            var page = await conversation.ReadAsync(_position, 50);
            if (page.Entries.IsEmpty || _following != current)
                return;
            if (page.Entries[0].Sequence != _position + 1)
                promises.Fail(Promises.CatchUp, $"the widget of {address} got entry {page.Entries[0].Sequence} of {Promises.Short(current)} after {_position}");
            if (page.Entries.FirstOrDefault(entry => !IsStored(current, entry)) is { } wrong)
                promises.Fail(Promises.CatchUp, $"the widget of {address} got entry {wrong.Sequence} of {Promises.Short(current)} otherwise than it is stored");
            _position = page.Entries[^1].Sequence;
        }
    }

    private bool IsStored(ConversationKey key, ConversationEntry entry) =>
        disk.EntriesOf(key).FirstOrDefault(stored => stored.Sequence == entry.Sequence) is { } stored
        && stored.At == entry.At.UtcTicks && stored.Event.AsSpan().SequenceEqual(ConversationJson.Write(entry.Event));

    private async Task WaitAsync(TimeProvider time, bool catchesUp)
    {
        try
        {
            await (_following is not null && !catchesUp ? _wake.Task : _wake.Task.WaitAsync(Refresh, time));
        }
        catch (TimeoutException)
        {
            // Time to look anyway: a wake-up can be lost.
        }

        _wake = new();
    }
}
