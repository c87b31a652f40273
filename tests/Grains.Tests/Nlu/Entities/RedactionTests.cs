namespace CustomerService.Nlu;

public sealed class RedactionTests
{
    private const string Card = "4111 1111 1111 1111";
    private static readonly EntityRecogniser s_recogniser = EntityRecogniser.Load(ModelFiles.Path("entities", "entities.bin"));
    private static readonly EntityContext s_context = new(new(2026, 3, 11, 10, 0, 0, TimeSpan.Zero), "en", "US");

    [Fact]
    public void An_agent_sees_masks_and_who_may_can_lift_them()
    {
        var text = $"card {Card}, mail a@example.com or b@example.com, again {Card}";

        var (masked, values) = Mask(text);

        Assert.Equal("card [CARD 1], mail [EMAIL 1] or [EMAIL 2], again [CARD 1]", masked);
        Assert.Equal([new("[CARD 1]", Card), new("[EMAIL 1]", "a@example.com"), new("[EMAIL 2]", "b@example.com")], values);
        Assert.Equal(text, Redaction.Reveal(masked, values));
    }

    [Fact]
    public void Masks_go_on_over_the_messages_of_a_conversation()
    {
        var (_, first) = Mask("mail a@example.com");

        var (masked, values) = Redaction.Mask("b@example.com, not a@example.com", Find("b@example.com, not a@example.com"), Redaction.HiddenFromAgents, known: first);

        Assert.Equal("[EMAIL 2], not [EMAIL 1]", masked);
        Assert.Equal(2, values.Length);
    }

    [Fact]
    public void Any_text_comes_back_exactly_even_one_that_holds_masks_of_its_own()
    {
        string[] pieces = ["[CARD 1]", "[EMAIL 1]", "[", "]", " ", Card, "a@example.com", "192.168.0.1", "+49 30 901820", "é", "\uD83D\uDE00", "call", "\n", "[[CARD 1]"];
        var random = new Random(5);
        for (var i = 0; i < 500; i++)
        {
            var text = string.Join(' ', Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var (masked, values) = Mask(text);

            Assert.Equal(text, Redaction.Reveal(masked, values));
            Assert.DoesNotContain(Card, masked, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Training_data_gets_invented_values_that_are_the_same_for_the_same_and_hold_nothing_of_the_old()
    {
        const string text = "I am Hannah Whitfield, card 4111 1111 1111 1111, 4111 1111 1111 1111 and order #A-10234. Hannah Whitfield, hw@example.org";

        var anonymous = Anonymise(text, seed: 3);

        foreach (var secret in (string[])["Hannah", "Whitfield", "4111", "10234", "hw@"])
            Assert.DoesNotContain(secret, anonymous, StringComparison.Ordinal);
        var cards = Find(text).Where(e => e.Kind == EntityKind.Card).ToList();
        Assert.Equal(2, cards.Count);
        Assert.Matches(@"^I am (?<p>\w+ \w+), card (?<c>\d{4} \d{4} \d{4} \d{4}), \k<c> and order #[A-Z]-\d{5}\. \k<p>, person\d{4}@example\.com$", anonymous);
    }

    [Fact]
    public void Nothing_leads_back_two_runs_give_two_inventions()
    {
        const string text = "call +49 30 901820";

        Assert.NotEqual(Anonymise(text, seed: 1), Anonymise(text, seed: 2));
    }

    [Theory, InlineData(true, "policy [POLICY 1]"), InlineData(false, "policy KV-12")]
    public void A_tenants_own_entity_is_hidden_if_the_tenant_says_so(bool isPersonal, string expected)
    {
        var own = OwnEntities.Create([new OwnEntity("policy", @"KV-\d+", [], isPersonal)]).ValueOrThrow();

        var (masked, _) = Redaction.Mask("policy KV-12", s_recogniser.Find("policy KV-12", s_context with { Own = own }), Redaction.HiddenFromAgents, own);

        Assert.Equal(expected, masked);
    }

    private static ImmutableArray<Entity> Find(string text) => s_recogniser.Find(text, s_context);

    private static (string Text, ImmutableArray<MaskedValue> Values) Mask(string text) => Redaction.Mask(text, Find(text), Redaction.HiddenFromAgents);

    private static string Anonymise(string text, int seed) => Redaction.Anonymise(text, Find(text), Redaction.HiddenFromTraining, new Random(seed));
}
