using System.Collections.Concurrent;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Inboxes;
using CustomerService.Routing;
using CustomerService.Tenancy;

namespace CustomerService.Host;

/// <summary>What the stand-in grains share: the conversations of one tenant, and the versions of its queue shards.</summary>
internal sealed class DeskWorld(TimeProvider time)
{
    public static readonly TenantId Tenant = new("quillmere");

    private readonly ConcurrentDictionary<ConversationKey, FakeConversation> _conversations = new();
    private readonly ConcurrentDictionary<int, long> _versions = new();
    private int _ids;

    public TimeProvider Time => time;

    /// <summary>True to make every read of a grain fail, as when storage is away.</summary>
    public bool IsBroken { get; set; }

    public IEnumerable<FakeConversation> Of(QueueKey queue) =>
        _conversations.Values.Where(c => QueueKey.Of(c.Key) == queue);

    public IEnumerable<FakeConversation> Of(ContactKey contact) =>
        _conversations.Values.Where(c => c.Origin.Contact == contact).OrderByDescending(c => c.StartedAt);

    public FakeConversation? Find(ConversationKey key) => _conversations.GetValueOrDefault(key);

    public FakeConversation FindOrStart(ConversationKey key, ConversationOrigin origin) =>
        _conversations.GetOrAdd(key, k => new FakeConversation(k, origin, time.GetUtcNow()));

    public FakeConversation Add(FakeConversation conversation) => _conversations[conversation.Key] = conversation;

    public long VersionOf(QueueKey queue) => _versions.GetOrAdd(queue.Shard, 1);

    public void Touch(QueueKey queue) => _versions.AddOrUpdate(queue.Shard, 2, (_, version) => version + 1);

    /// <summary>A new contact with a conversation that has not begun.</summary>
    public (ConversationKey Key, ConversationOrigin Origin) Visitor(string? name, ChannelKind kind = ChannelKind.WebChat, string? address = null)
    {
        var number = Interlocked.Increment(ref _ids);
        var contact = new ContactKey(Tenant, Id(number, 0xC0));
        var channel = new ContactChannelKey(Tenant, new(kind == ChannelKind.Email ? "support-mail" : "website"), address ?? $"visitor-{number:000}");
        return (new(Tenant, Id(number, 0)), new(contact, channel, kind, name, IsVerified: kind == ChannelKind.Email));
    }

    private static Guid Id(int number, byte mark) => new(number, mark, 0, 1, 2, 3, 4, 5, 6, 7, (byte)number);
}
