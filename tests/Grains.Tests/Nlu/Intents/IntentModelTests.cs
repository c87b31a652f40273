namespace CustomerService.Nlu.Intents;

public sealed class IntentModelTests
{
    private static readonly IntentModel _model = Add(new IntentModel(), new("one", "a"), new("two", "a"), new("three", "b"), new("four", "b"));

    [Fact]
    public void Examples_that_are_there_are_not_added_again_and_a_text_has_the_intent_that_came_last()
    {
        var (next, added) = _model.Add([new(" five ", "b"), new("one", " a"), new("two", "b"), new("five", "a")]).Value;

        Assert.Equal([new StoredExample(5, "five", "a")], added.Added);
        Assert.Equal((1, 2), (added.Moved, added.Known));
        Assert.Equal(["a", "b", "b", "b", "a"], next.Examples.Select(example => example.Intent));
    }

    [Fact]
    public void What_is_added_again_and_changes_nothing_asks_for_no_new_training()
    {
        var trained = _model.With(Version(1), _model.Edits, 10).Next;

        Assert.Same(trained, trained.Add([new("one", "a")]).Value.Next);
        Assert.False(trained.Status(null, null).HasUntrained);
        Assert.True(Add(trained, new IntentExample("five", "a")).Status(null, null).HasUntrained);
    }

    [Theory, InlineData("", "a", "intents.text_invalid"), InlineData("text", " ", "intents.name_invalid"), InlineData("text", "two\nlines", "intents.name_invalid")]
    public void An_example_that_cannot_be_kept_is_refused_and_so_is_a_change_to_it(string text, string intent, string code)
    {
        Assert.Equal(code, _model.Add([new("good", "a"), new(text, intent)]).Refusal?.Code);
        Assert.Equal(code, _model.Change(1, new(text, intent)).Refusal?.Code);
    }

    [Fact]
    public void All_examples_together_have_a_limit()
    {
        var length = IntentExamples.MaxTextLength;
        var most = IntentExamples.MaxCharacters / length;
        var full = Enumerable.Range(0, most).Select(i => new IntentExample($"{i} ".PadRight(length, 'x'), "a"));

        Assert.Null(new IntentModel().Add(full).Refusal);
        Assert.Equal("intents.too_many_examples", new IntentModel().Add([.. full, new("one more", "a")]).Refusal?.Code);
    }

    [Fact]
    public void Ids_are_never_used_again()
    {
        var without = _model.Remove([4, 99]);

        Assert.Equal([4], without.Removed.Select(example => example.Id));
        Assert.Equal(5, without.Next.Add([new("five", "a")]).Value.Added.Added.Single().Id);
    }

    [Fact]
    public void An_example_changes_unless_another_has_the_text()
    {
        var (next, before) = _model.Change(1, new("uno", "b")).Value;

        Assert.Equal(new StoredExample(1, "one", "a"), before);
        Assert.Equal(new StoredExample(1, "uno", "b"), next.Examples[0]);
        Assert.Equal("intents.text_exists", _model.Change(1, new("two", "b")).Refusal?.Code);
        Assert.Equal("intents.example_not_found", _model.Change(99, new("x", "b")).Refusal?.Code);
    }

    [Fact]
    public void An_intent_renamed_to_another_becomes_one_with_it()
    {
        Assert.Equal(4, _model.Rename("a", "b ").Value.Examples);
        Assert.Equal([new IntentCount("b", 4)], _model.Rename("a", "b").Value.Next.Status(null, null).Intents);
        Assert.Equal("intents.intent_not_found", _model.Rename("c", "b").Refusal?.Code);
        Assert.Equal("intents.name_invalid", _model.Rename("a", " ").Refusal?.Code);
    }

    [Fact]
    public void The_oldest_version_that_is_not_active_is_forgotten()
    {
        var two = _model.With(Version(1), 0, 2).Next.With(Version(2), 0, 2).Next.Activate(1).Value!;

        var (next, forgotten) = two.With(Version(3), 0, 2);

        Assert.Equal(2, forgotten);
        Assert.Equal([3, 1], next.Versions.Select(version => version.Number));
        Assert.Equal("intents.version_not_found", next.Activate(2).Refusal?.Code);
        Assert.Null(next.Activate(null).Value!.Active);
    }

    private static IntentModel Add(IntentModel model, params IntentExample[] examples) => model.Add(examples).Value.Next;

    private static IntentVersionSummary Version(int number) => new(number, DateTimeOffset.UnixEpoch, 4, 2, 1, 0);
}
