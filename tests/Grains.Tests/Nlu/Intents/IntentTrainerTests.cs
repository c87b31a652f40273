namespace CustomerService.Nlu.Intents;

public sealed class IntentTrainerTests(SentenceEncoderTests.Loaded loaded) : IClassFixture<SentenceEncoderTests.Loaded>
{
    private static readonly ImmutableArray<IntentExample> _examples =
    [
        .. Examples("change_seat", "Can I sit by the window?", "I want another seat", "Please move me to the aisle", "My seat is next to the toilet, change it", "seat 14C instead of 12A please", "We want to sit together"),
        .. Examples("add_baggage", "I need one more suitcase", "How do I book extra luggage?", "Add a 23 kg bag to my trip", "My bag is heavier than allowed", "Can I bring a second bag?", "What does more baggage cost?"),
        .. Examples("book_pet", "My dog travels with me", "Can I take my cat on board?", "I'd like to bring a small dog in a box", "Is there room for my rabbit?", "Add a pet to my booking", "Cat in the cabin, how?"),
        .. Examples("meal_request", "I am vegan, what will I eat?", "Order a kosher meal", "No nuts in my food please", "Can I get a vegetarian dish?", "Is lunch served?", "I want the children's menu"),
        .. Examples("delay_refund", "Four hours late, I want compensation", "Your plane was late and I missed my connection", "Money back for the delay", "What do I get when the flight is delayed?", "We waited all night, who pays?", "refund because of the late flight"),
    ];

    private readonly EncoderPair _encoder = new(loaded.Tuned, loaded.Encoder);

    [Theory]
    [InlineData("could I swap to an aisle seat?", "change_seat")]
    [InlineData("i have 2 suitcases instead of one", "add_baggage")]
    [InlineData("traveling with a puppy", "book_pet")]
    [InlineData("gluten-free dinner possible?", "meal_request")]
    [InlineData("the flight came five hours late, what do you pay me", "delay_refund")]
    public void A_text_that_was_no_example_is_given_its_intent(string text, string intent)
    {
        var said = Predict(Train().Model, text);

        Assert.Equal(intent, said.Intents[0].Intent);
        Assert.InRange(said.OutOfScope, 0, 0.5);
    }

    [Fact]
    public void What_none_of_the_intents_means_is_more_likely_out_of_scope_than_what_one_means()
    {
        var model = Train().Model;
        string[] inside = ["window seat please", "extra bag", "my dog comes along"], outside = ["Who won the election?", "solve x squared equals nine", "The invoice of my phone contract is wrong"];

        Assert.True(outside.Min(text => Predict(model, text).OutOfScope) > inside.Max(text => Predict(model, text).OutOfScope));
    }

    [Theory, InlineData("wrgl brmpf xyzzy"), InlineData("Who won the election?"), InlineData("The printer is out of paper")]
    public void Three_intents_of_three_examples_are_enough_to_know_what_is_none_of_them(string text)
    {
        var model = Train([.. IntentCluster.Garden.GroupBy(example => example.Intent).Take(3).SelectMany(intent => intent.Take(3))]).Model;

        Assert.InRange(Predict(model, text).OutOfScope, 0.5, 1);
        Assert.InRange(Predict(model, "Could you mow the grass behind the house?").OutOfScope, 0, 0.5);
    }

    [Fact]
    public void Quality_is_that_of_examples_not_trained_on()
    {
        // With labels that mean nothing, nobody can name an example that was kept apart; who had seen it could.
        ImmutableArray<IntentExample> shuffled = [.. _examples.Select((example, at) => example with { Intent = _examples[at * 7 % _examples.Length].Intent })];

        var (sense, nonsense) = (Train().Quality, Train(shuffled).Quality);

        Assert.InRange(sense.Accuracy, 0.7, 1);
        Assert.InRange(nonsense.Accuracy, 0, 0.45);
        Assert.Equal(_examples.Length, sense.Intents.Sum(intent => intent.Examples));
        Assert.Equal(nonsense.Accuracy, 1 - (nonsense.Confusions.Sum(pair => pair.Count) / (double)_examples.Length), 6);
        Assert.NotEqual(nonsense.Unsure[0].Intent, nonsense.Unsure[0].Said);
    }

    [Fact]
    public void The_same_examples_make_the_same_model()
    {
        var (one, other) = (Predict(Train().Model, "a seat for my dog"), Predict(Train().Model, "a seat for my dog"));

        Assert.Equal(one.OutOfScope, other.OutOfScope);
        Assert.Equal(one.Intents, other.Intents);
    }

    [Fact]
    public void Training_ends_when_nobody_wants_it_any_more() =>
        Assert.ThrowsAny<OperationCanceledException>(() => new IntentTrainer(_examples, Encode, 2, new CancellationToken(canceled: true)).Train());

    private (OwnIntents Model, IntentQuality Quality) Train(ImmutableArray<IntentExample>? examples = null) =>
        new IntentTrainer(examples ?? _examples, Encode, 2, TestContext.Current.CancellationToken).Train();

    private float[][] Encode(IReadOnlyList<string> texts) => _encoder.EncodeMany(texts, 2, TestContext.Current.CancellationToken);

    private IntentPredictions Predict(OwnIntents model, string text)
    {
        var pieces = new TextPieces();
        pieces.Read(text);
        return model.Predict(_encoder.Encode(text), pieces);
    }

    private static IEnumerable<IntentExample> Examples(string intent, params string[] texts) => texts.Select(text => new IntentExample(text, intent));
}
