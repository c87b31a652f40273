using CustomerService.Contacts;
using CustomerService.Conversations;

namespace CustomerService.Host;

/// <summary>Stands in for the contact.</summary>
internal sealed class FakeContactGrain(DeskWorld world) : Grain, IContactGrain
{
    public Task RecordConversationAsync(ConversationKey conversation, ConversationOrigin origin, DateTimeOffset at, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task<Result<ContactProfile>> GetAsync(CancellationToken cancellationToken)
    {
        var key = ContactKey.Parse(this.GetPrimaryKeyString());
        var conversations = world.Of(key).ToList();
        return Task.FromResult<Result<ContactProfile>>(conversations is [var newest, ..]
            ? new ContactProfile(key, newest.Origin.ContactName, newest.Origin.IsVerified, [newest.Origin.Channel], [.. conversations.Select(c => new PastConversation(c.Key, c.StartedAt))])
            : new Refusal(RefusalKind.NotFound, "contact.not_found", "Nobody has written from here."));
    }
}
