namespace CustomerService.Nlu.Intents;

public sealed class IntentMixTests
{
    private static readonly IntentPredictions _pack = new([new("track_order", 0.8), new("refund", 0.1)], 0.1);

    [Fact]
    public void An_own_intent_that_is_surely_meant_comes_first()
    {
        var (intents, outOfScope) = IntentMix.Of(new([new("prune_tree", 0.9), new("book_mowing", 0.05)], 0.05), 1, _pack);

        Assert.Equal(["prune_tree", "book_mowing", "track_order"], intents.Select(intent => intent.Intent));
        Assert.Equal(0.9, intents[0].Confidence, 9);
        Assert.Equal(0.005, outOfScope, 9);
    }

    [Fact]
    public void What_own_intents_do_not_cover_stays_the_packs()
    {
        var (intents, outOfScope) = IntentMix.Of(new([new("prune_tree", 0.04)], 0.95), 1, _pack);

        Assert.Equal("track_order", intents[0].Intent);
        Assert.Equal(0.76, intents[0].Confidence, 9);
        Assert.Equal(0.095, outOfScope, 9);
    }

    [Theory, InlineData("contact_human_agent"), InlineData("greeting"), InlineData("thanks"), InlineData("goodbye")]
    public void A_wish_for_a_person_and_small_talk_are_never_hidden(string intent)
    {
        var (intents, _) = IntentMix.Of(new([new("prune_tree", 1)], 0), 1, new([new(intent, 0.9)], 0.1));

        Assert.Equal(intent, intents[0].Intent);
        Assert.Equal(0.9, intents[0].Confidence, 9);
        Assert.Equal(0.1, intents[1].Confidence, 9);
    }

    [Fact]
    public void An_own_intent_with_the_name_of_one_of_the_packs_is_one_with_it()
    {
        var (intents, _) = IntentMix.Of(new([new("track_order", 0.6)], 0.4), 1, _pack);

        Assert.Equal(0.6 + (0.4 * 0.8), intents[0].Confidence, 9);
    }

    [Fact]
    public void From_a_few_examples_own_intents_have_what_the_pack_does_not_claim()
    {
        IntentPredictions own = new([new("prune_tree", 1)], 0);

        Assert.Equal("track_order", IntentMix.Of(own, 0, _pack).Intents[0].Intent);
        Assert.Equal("prune_tree", IntentMix.Of(own, 0, new([new("track_order", 0.1)], 0.9)).Intents[0].Intent);
    }

    [Theory, InlineData(5, 5, 1), InlineData(20, 30, 1), InlineData(5, 2, 0.4), InlineData(2, 10, 0.4), InlineData(3, 3, 0.36), InlineData(0, 0, 0)]
    public void Trust_grows_with_intents_and_examples(int intents, int examples, double trust) =>
        Assert.Equal(trust, IntentMix.Trust([.. Enumerable.Range(0, intents).Select(i => new IntentScore($"{i}", examples, 1, 1))]), 9);

    [Fact]
    public void All_that_may_be_meant_stays_one_distribution()
    {
        var random = new Random(1);
        for (var i = 0; i < 200; i++)
        {
            double inScope = random.NextDouble(), first = random.NextDouble() / 2, second = random.NextDouble() / 2;
            IntentPredictions own = new([new("own", inScope)], 1 - inScope), pack = new([new("thanks", first), new("track_order", second)], 1 - first - second);

            var (intents, outOfScope) = IntentMix.Of(own, random.NextDouble(), pack);

            Assert.InRange(intents.Sum(intent => intent.Confidence) + outOfScope, 1 - 0.06, 1 + 1e-9);
            Assert.Equal(intents.OrderByDescending(intent => intent.Confidence), intents);
        }
    }
}
