using System.Collections.Concurrent;
using CustomerService.Contacts;
using CustomerService.Conversations;
using Microsoft.Extensions.Options;

namespace CustomerService.Channels.WebChat;

/// <summary>A contact with open sockets: what they share, so that more sockets do not mean more messages.</summary>
internal sealed class Visitor(WebChatOptions options)
{
    private readonly Lock _gate = new();
    private ImmutableArray<ChatSocket> _sockets = [];

    public TokenBucket Messages { get; } = new(options.MessageBurst, options.MessagesPerMinute);

    public TokenBucket Frames { get; } = new(options.FrameBurst, options.FramesPerMinute);

    public bool TryJoin(ChatSocket socket)
    {
        lock (_gate)
        {
            if (_sockets.Length >= options.SocketsPerVisitor)
                return false;
            _sockets = _sockets.Add(socket);
            return true;
        }
    }

    public void Leave(ChatSocket socket)
    {
        lock (_gate)
            _sockets = _sockets.Remove(socket);
    }

    /// <summary>Turns all sockets to the conversation that one of them wrote in.</summary>
    public void Follow(ConversationKey conversation)
    {
        foreach (var socket in _sockets)
            socket.Follow(conversation);
    }

    public bool IsForgettable(DateTimeOffset now) => _sockets.IsEmpty && Messages.IsFull(now) && Frames.IsFull(now);
}

/// <summary>All visitors with open sockets, and those who were here so lately that their limits still count.</summary>
internal sealed class Visitors(IOptions<WebChatOptions> options, TimeProvider time)
{
    private readonly ConcurrentDictionary<ContactChannelKey, Visitor> _visitors = new();

    /// <summary>Adds a socket to its visitor.</summary>
    /// <returns>Null when the visitor has too many.</returns>
    public Visitor? Join(ContactChannelKey channel, ChatSocket socket)
    {
        while (true)
        {
            var visitor = _visitors.GetOrAdd(channel, static (_, options) => new Visitor(options), options.Value);
            if (!visitor.TryJoin(socket))
                return null;
            if (_visitors.TryGetValue(channel, out var current) && ReferenceEquals(current, visitor))
                return visitor;
            visitor.Leave(socket);
        }
    }

    public void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (channel, visitor) in _visitors)
        {
            if (visitor.IsForgettable(now))
                _visitors.TryRemove(KeyValuePair.Create(channel, visitor));
        }
    }
}
