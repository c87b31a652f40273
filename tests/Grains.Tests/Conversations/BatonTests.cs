using CustomerService.Agents;
using CustomerService.Answers;

namespace CustomerService.Conversations;

public class BatonTests
{
    private static readonly DateTimeOffset Noon = A.Noon;
    private readonly Conversation _asked = A.Conversation("Hi");

    [Fact]
    public void Only_the_holder_may_reply()
    {
        var taken = _asked.Then(c => c.Take(A.Ada, Noon));

        Assert.Equal("baton.not_held", _asked.Reply(A.Ada, "Hello", "r1", Noon).Refusal?.Code);
        Assert.Equal("baton.not_held", taken.Reply(A.Ben, "Hello", "r1", Noon).Refusal?.Code);
        Assert.Equal("baton.not_held", taken.Reply(A.Sue, "Hello", "r1", Noon).Refusal?.Code);
        Assert.Equal(ConversationStatus.Pending, taken.Then(c => c.Reply(A.Ada, "Hello", "r1", Noon)).Status);
    }

    [Fact]
    public void The_assistant_is_silent_while_a_person_holds_the_baton()
    {
        var taken = _asked.Then(c => c.Take(A.Ada, Noon));

        Assert.Empty(taken.CompleteTurn(A.Answer(), taken.LastContactSequence, Noon).Entries);
    }

    [Fact]
    public void The_assistant_speaks_twice_to_one_message_under_two_ids()
    {
        var announced = _asked.CompleteTurn(A.Answer(rung: AnswerRung.Human), _asked.LastContactSequence, Noon);
        var returned = announced.Next.Then(c => c.Take(A.Ada, Noon)).Then(c => c.HandBack(A.Ada, Noon));

        var answered = returned.CompleteTurn(A.Answer(), returned.LastContactSequence, Noon);

        var ids = announced.Entries.Concat(answered.Entries).Said(AuthorKind.Assistant).Select(message => message.DedupId).ToList();
        Assert.Equal(2, ids.Distinct().Count());
    }

    [Fact]
    public void Only_a_supervisor_takes_it_from_another_person_and_the_fence_grows()
    {
        var taken = _asked.Then(c => c.Take(A.Ada, Noon));

        Assert.Equal((RefusalKind.Forbidden, "baton.held_by_other"), (taken.Take(A.Ben, Noon).Refusal!.Kind, taken.Take(A.Ben, Noon).Refusal!.Code));
        var led = taken.Then(c => c.Take(A.Sue, Noon));
        Assert.Equal((BatonHolder.Supervisor, "sue"), (led.Baton.Holder, led.Baton.Agent));
        Assert.True(led.Baton.Fence > taken.Baton.Fence);
        Assert.Equal(led.LastSequence, led.Baton.Fence);
        Assert.Equal("baton.held_by_other", led.Take(A.Ada, Noon).Refusal?.Code);
    }

    [Fact]
    public void Taking_what_one_holds_changes_nothing() => Assert.Empty(_asked.Then(c => c.Take(A.Ada, Noon)).Take(A.Ada, Noon).Value.Entries);

    [Fact]
    public void Handing_back_lets_the_assistant_answer_what_is_open()
    {
        var taken = _asked.Then(c => c.Take(A.Ada, Noon));

        Assert.Equal("baton.not_held", taken.HandBack(A.Ben, Noon).Refusal?.Code);
        Assert.True(taken.Then(c => c.HandBack(A.Ada, Noon)).OwesAnswer);
        Assert.Equal(BatonHolder.Assistant, taken.Then(c => c.HandBack(A.Sue, Noon)).Baton.Holder);
    }

    [Fact]
    public void Resolving_returns_the_baton_to_the_assistant_and_nobody_waits()
    {
        var taken = _asked.Then(c => c.Take(A.Ada, Noon));

        Assert.Equal("baton.held_by_other", taken.Resolve(A.Ben, Noon).Refusal?.Code);
        var resolved = taken.Then(c => c.Resolve(A.Ada, Noon));
        Assert.Equal((ConversationStatus.Resolved, BatonHolder.Assistant, null), (resolved.Status, resolved.Baton.Holder, resolved.WaitingSince));
        Assert.Empty(resolved.Resolve(A.Ben, Noon).Value.Entries);
        Assert.Equal("conversation.closed", resolved.Take(A.Ben, Noon).Refusal?.Code);
        Assert.False(resolved.OwesAnswer);
    }

    [Fact]
    public void Reopening_gives_the_baton_to_who_reopens()
    {
        var reopened = _asked.Then(c => c.Resolve(A.Ada, Noon)).Then(c => c.Reopen(A.Ben, Noon));

        Assert.Equal((ConversationStatus.Open, "ben"), (reopened.Status, reopened.Baton.Agent));
        Assert.Empty(reopened.Reopen(A.Ada, Noon).Value.Entries);
    }

    [Fact]
    public void An_administrator_leads_like_a_supervisor()
    {
        var admin = new AgentProfile(AgentId.Parse("adm"), "Adm", AgentRole.Admin);

        Assert.Equal("adm", _asked.Then(c => c.Take(A.Ada, Noon)).Then(c => c.Take(admin, Noon)).Baton.Agent);
    }
}
