using System.Net.WebSockets;
using CustomerService.Conversations;

namespace CustomerService.Channels.WebChat;

/// <content>
/// Delivery: a wake-up only says that there is something to read. One pump at a time reads pages after the position and sends each before it reads the next, so a
/// slow client holds up itself alone and nothing is buffered for it.
/// </content>
internal sealed partial class ChatSocket : IConversationObserver
{
    private const int Idle = 0;
    private const int Running = 1;
    private const int Again = 2;

    private Target? _target;
    private Target? _watched;
    private IConversationObserver? _reference;
    private long _position;
    private int _pump;
    private int _isStopped;
    private int _isBehind;

    private ConversationKey? Following => _target?.Conversation;

    /// <summary>Delivers a conversation from now on, from its start.</summary>
    public void Follow(ConversationKey conversation)
    {
        if (_target?.Conversation == conversation)
            return;

        Volatile.Write(ref _target, new(conversation, After: 0));
        Wake();
    }

    /// <summary>Where the session begins. The same visitor's other sockets may have told of the conversation already, without its position, or of a newer one.</summary>
    private void Begin(ConversationKey conversation, long after)
    {
        var told = Volatile.Read(ref _target);
        if (told is null || told.Conversation == conversation)
            Interlocked.CompareExchange(ref _target, new(conversation, after), told);
    }

    Task IConversationObserver.ChangedAsync(ConversationKey conversation, long lastSequence)
    {
        Wake();
        return Task.CompletedTask;
    }

    Task IConversationObserver.TypingAsync(ConversationKey conversation, Author author, bool isTyping)
    {
        // Not worth waiting for: a client that is being sent something else sees the next one.
        if (author.Kind is not AuthorKind.Contact && conversation == Following && _sending.CurrentCount > 0)
            _ = SendTypingAsync(new(ChatPerson.From(author), isTyping));
        return Task.CompletedTask;
    }

    private async Task SendTypingAsync(TypingFrame frame)
    {
        try
        {
            await SendAsync(frame);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiving loop ends the socket.
        }
    }

    private void Wake()
    {
        if (Interlocked.Exchange(ref _pump, Again) == Idle)
            _ = Task.Run(PumpAsync);
    }

    private async Task PumpAsync()
    {
        do
        {
            Volatile.Write(ref _pump, Running);
            try
            {
                await DeliverAsync();
            }
            catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
            {
                // The receiving loop ends the socket.
            }
            // A loop's edge: the next wake-up or refresh reads again from the same position.
            catch (Exception fault)
            {
                services.LogDeliveryFailed(fault, _session?.Channel.ToString());
                Volatile.Write(ref _isBehind, 1);
                Volatile.Write(ref _refreshAt, 0);
            }
        }
        while (Interlocked.CompareExchange(ref _pump, Idle, Running) != Running);
    }

    private async Task DeliverAsync()
    {
        while (_session is not null && Volatile.Read(ref _target) is { } target)
        {
            if (Volatile.Read(ref _isStopped) == 1)
            {
                await UnwatchAsync();
                return;
            }

            if (Volatile.Read(ref _isEnding) == 1)
                return;

            if (target != _watched)
                await WatchAsync(target);
            var page = await services.Conversation(target.Conversation).ReadAsync(_position, services.Options.EntriesPerFrame);
            if (page.Entries.IsEmpty)
                return;

            var upTo = page.Entries[^1].Sequence;
            ImmutableArray<ChatEntry> entries = [.. page.Entries.Select(ChatEntry.From).OfType<ChatEntry>()];
            await SendAsync(new EntriesFrame(target.Conversation.Id.ToString("N"), entries, upTo, page.LastSequence));
            _position = upTo;
            if (upTo >= page.LastSequence && target == Volatile.Read(ref _target))
                return;
        }
    }

    private async Task WatchAsync(Target target)
    {
        _reference ??= services.Grains.CreateObjectReference<IConversationObserver>(this);
        if (_watched is { } before)
            await services.Conversation(before.Conversation).UnwatchAsync(_reference);
        await services.Conversation(target.Conversation).WatchAsync(_reference);
        (_watched, _position) = (target, target.After);
    }

    /// <summary>Renews the watch, and finds what a lost wake-up did not tell.</summary>
    private async Task RefreshAsync()
    {
        try
        {
            if (Interlocked.Exchange(ref _isBehind, 0) == 1)
                Wake();
            else if (_watched is { } watched && _reference is { } reference && await services.Conversation(watched.Conversation).WatchAsync(reference) > _position)
                Wake();
            else if (_target is null && await services.Channel(_session!.Channel).GetCurrentAsync() is { } current)
                Follow(current);
        }
        // A loop's edge: the next refresh tries again.
        catch (Exception fault)
        {
            services.LogDeliveryFailed(fault, _session?.Channel.ToString());
        }
    }

    /// <summary>Lets the pump clean up, so that nothing is watched again after it.</summary>
    private void StopDelivery()
    {
        Volatile.Write(ref _isStopped, 1);
        Wake();
    }

    private async Task UnwatchAsync()
    {
        if (Interlocked.Exchange(ref _reference, null) is not { } reference)
            return;

        services.Grains.DeleteObjectReference<IConversationObserver>(reference);
        if (_watched is { } watched)
            await services.Conversation(watched.Conversation).UnwatchAsync(reference);
    }

    /// <summary>What is delivered, and from where on.</summary>
    private sealed record Target(ConversationKey Conversation, long After);
}
