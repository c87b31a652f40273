using CustomerService.Agents;
using CustomerService.Answers;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>Random commands: the journal alone gives the same state, byte for byte, and the state stays small.</summary>
public class ReplayTests
{
    [Theory, MemberData(nameof(Seeds))]
    public void Replaying_the_journal_gives_the_same_state_byte_for_byte(int seed)
    {
        var random = new Random(seed);
        var conversation = new Conversation { Key = A.Key() };
        var journal = new List<ConversationEntry>();
        var snapshot = (Bytes: Bytes(conversation), Sequence: 0L);
        for (var step = 0; step < 300; step++)
        {
            var (change, refusal) = Command(random, conversation, A.Noon.AddMinutes(step));
            if (refusal is not null)
                continue;

            journal.AddRange(change.Entries.Select(Stored));
            conversation = change.Next;
            if (random.Next(40) == 0)
                snapshot = (Bytes(conversation), conversation.LastSequence);
        }

        Assert.Equal(Enumerable.Range(1, journal.Count).Select(number => (long)number), journal.Select(entry => entry.Sequence));
        Assert.Equal(Bytes(conversation), Bytes(journal.Aggregate(new Conversation { Key = conversation.Key }, (state, entry) => state.Apply(entry))));
        var restored = ConversationJson.ReadConversation(snapshot.Bytes);
        Assert.Equal(Bytes(conversation), Bytes(journal.Where(entry => entry.Sequence > snapshot.Sequence).Aggregate(restored, (state, entry) => state.Apply(entry))));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void The_state_never_outgrows_8_KB(int seed)
    {
        var random = new Random(seed);
        var conversation = new Conversation { Key = A.Key() };
        for (var step = 0; step < 600; step++)
        {
            var message = new ContactMessage(A.Origin(new string('v', 254)), A.Id(), new string(random.Next(2) == 0 ? '配' : 'x', random.Next(1, 10_000)));
            conversation = conversation.Post(message, RandomAnalysis(random, long.MaxValue), A.Noon, A.ReopenWindow).ValueOrThrow().Next;
            Assert.True(Bytes(conversation).Length <= 8192, $"{Bytes(conversation).Length} bytes after {step} messages");
        }
    }

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 20)];

    private static byte[] Bytes(Conversation conversation) => ConversationJson.Write(conversation);

    // Through the stored form, as a real replay reads it.
    private static ConversationEntry Stored(ConversationEntry entry) => entry with { Event = ConversationJson.ReadEvent(ConversationJson.Write(entry.Event)) };

    internal static Result<Change> Command(Random random, Conversation conversation, DateTimeOffset now)
    {
        AgentProfile[] agents = [A.Ada, A.Ben, A.Sue];
        var agent = agents[random.Next(agents.Length)];
        if (!conversation.Exists)
            return conversation.Post(A.Message(), RandomAnalysis(random, 0), now, A.ReopenWindow);

        return random.Next(12) switch
        {
            0 => conversation.Reply(agent, "Hello", A.Id(), now),
            1 => conversation.AddNote(agent, "A note", now),
            2 => conversation.Take(agent, now),
            3 => conversation.HandBack(agent, now),
            4 => conversation.RequestPerson(now, A.ReopenWindow),
            5 => conversation.Resolve(agent, now),
            6 => conversation.Reopen(agent, now),
            7 => conversation.MarkRead(random.Next(2) == 0 ? AuthorKind.Contact : AuthorKind.Agent, random.Next(400), now),
            8 => conversation.CompleteTurn(A.Answer(rung: (AnswerRung)random.Next(4), handoff: random.Next(3) == 0 ? "Why not." : null), conversation.LastContactSequence, now),
            _ => conversation.Post(A.Message($"Ünïcode 😀 \"quoted\" {random.Next()}"), random.Next(5) == 0 ? null : RandomAnalysis(random, random.Next(100)), now, A.ReopenWindow),
        };
    }

    private static Analysis RandomAnalysis(Random random, long salt)
    {
        string?[] intents = ["track_order", "contact_human_agent", "complaint", null];
        var value = salt == long.MaxValue ? new string('A', random.Next(3) * random.Next(99)) + random.Next() : $"Q-{salt}";
        return A.Analysis(
            intents[random.Next(intents.Length)], random.NextDouble(), (random.NextDouble() * 2) - 1, Languages.All[random.Next(23)], new Entity(EntityKind.Address, 1, 2, value, value, random.NextDouble(), random.Next(2) == 0 ? "own" : null));
    }
}
