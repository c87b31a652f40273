using CustomerService.Conversations;

namespace CustomerService.Contacts;

public class ContactTests
{
    [Fact]
    public void A_conversation_is_recorded_once_newest_first_and_at_most_50()
    {
        var contact = new Contact();
        var keys = Enumerable.Range(0, 60).Select(_ => A.Key()).ToList();
        foreach (var (index, key) in keys.Index())
            contact = contact.With(key, A.Origin(), A.Noon.AddMinutes(index));

        Assert.Same(contact, contact.With(keys[^1], A.Origin(), A.Noon));
        Assert.Equal(50, contact.Conversations.Length);
        Assert.Equal(keys[^1], contact.Conversations[0].Key);
        Assert.Single(contact.Identities);
    }
}
