using CustomerService.Conversations;

namespace CustomerService.Answers;

public sealed class TurnQuestionTests
{
    [Fact]
    public void A_burst_of_messages_is_one_question_with_what_was_said_before()
    {
        var (question, sequence) = TurnQuestion.Of(
            [A.Said(1, AuthorKind.Contact, "Hi"), A.Said(2, AuthorKind.Assistant, "Hello"), A.Said(3, AuthorKind.Contact, "My order"), A.Said(4, AuthorKind.Contact, "is late")], "en")!.Value;

        Assert.Equal(("My order\nis late", 4), (question.Text, sequence));
        Assert.Equal(["Hi", "Hello"], question.Earlier);
    }

    [Fact]
    public void Notes_do_not_break_a_turn_and_an_answered_turn_is_still_the_newest()
    {
        var (question, sequence) = TurnQuestion.Of(
            [A.Said(1, AuthorKind.Contact, "My order"), A.Entry(2, new NoteAdded(new(AuthorKind.Agent), "look")), A.Said(3, AuthorKind.Contact, "is late"), A.Said(4, AuthorKind.Agent, "Sorry")], "en")!.Value;

        Assert.Equal(("My order\nis late", 3), (question.Text, sequence));
    }

    [Fact]
    public void Without_a_message_of_the_contact_there_is_no_question() =>
        Assert.Null(TurnQuestion.Of([A.Said(1, AuthorKind.Agent, "Hello")], "en"));
}
