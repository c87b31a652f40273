using CustomerService.Conversations;
using CustomerService.Knowledge;
using CustomerService.Tenancy;

namespace CustomerService.Nlu.Intents;

public sealed class OwnIntentsInUseTests(IntentCluster cluster) : IClassFixture<IntentCluster>
{
    private readonly TenantId _id = IntentCluster.NewTenantId();

    private IIntentModelGrain Tenant => cluster.Tenant(_id);

    private IUnsureMessagesGrain Unsure => cluster.Grains.GetGrain<IUnsureMessagesGrain>(_id.Value);

    [Fact]
    public async Task A_message_is_given_the_tenants_own_intent_and_the_pack_keeps_what_that_does_not_cover()
    {
        await ActivateAsync(IntentCluster.Garden);

        Assert.Equal("book_mowing", (await WriteAsync("Could you mow the lawn next week?")).Intents[0].Intent);
        Assert.Equal("contact_human_agent", (await WriteAsync("I want to talk to a real person")).Intents[0].Intent);
        Assert.Equal("recover_password", (await WriteAsync("I forgot my password and cannot log in")).Intents[0].Intent);
    }

    [Fact]
    public async Task Another_tenants_messages_are_not_asked_for_these_intents()
    {
        await ActivateAsync(IntentCluster.Garden);

        var analysis = (await cluster.WriteAsync(new(IntentCluster.NewTenantId(), Guid.NewGuid()), "Could you mow the lawn next week?")).Analysis!;

        Assert.DoesNotContain(analysis.Intents, intent => intent.Intent == "book_mowing");
    }

    [Fact]
    public async Task Swapping_versions_under_load_loses_no_message_and_no_message_is_without_an_own_intent()
    {
        const int conversations = 4, messages = 15;
        await ActivateAsync(IntentCluster.Garden);
        await Tenant.RenameAsync("book_mowing", "lawn_care");
        await IntentCluster.TrainAsync(Tenant);
        using var done = new CancellationTokenSource();

        var swapping = SwapAsync(done.Token);
        var stored = await Task.WhenAll(Enumerable.Range(0, conversations).Select(async _ =>
        {
            var (key, said) = (new ConversationKey(_id, Guid.NewGuid()), new List<string>());
            for (var i = 0; i < messages; i++)
                said.Add((await cluster.WriteAsync(key, $"Please mow my lawn on Friday, number {i}")).Analysis!.Intents[0].Intent);
            Assert.Equal(messages, (await cluster.Grains.GetGrain<IConversationGrain>(key.ToString()).ReadAsync(0, 200)).Entries.Said(AuthorKind.Contact).Count());
            return said;
        }));
        await done.CancelAsync();

        Assert.Equal(conversations * messages, stored.Sum(said => said.Count));
        Assert.All(stored.SelectMany(said => said), intent => Assert.Contains(intent, (string[])["book_mowing", "lawn_care"]));
        Assert.True(await swapping > 2);
    }

    [Fact]
    public async Task A_message_that_no_intent_is_sure_of_is_listed_masked_and_labelling_it_makes_an_example()
    {
        await ActivateAsync(IntentCluster.Garden);

        await WriteAsync("Zanzibar quartz whispers for ann@example.org, banjo umbrella");
        await KnowledgeCluster.UntilAsync(async () => !(await Unsure.ListAsync()).IsEmpty);
        var message = (await Unsure.ListAsync()).Single();
        var labelled = (await Unsure.LabelAsync(message.Id, "riddles")).ValueOrThrow();

        Assert.Equal("Zanzibar quartz whispers for [EMAIL 1], banjo umbrella", message.Text);
        Assert.Empty(await Unsure.ListAsync());
        Assert.Equal(message.Text, (await Tenant.ListAsync("riddles", 0, 10)).Items.Single().Text);
        Assert.Equal("intents.message_not_found", (await Unsure.LabelAsync(message.Id, "riddles")).Refusal?.Code);

        await Unsure.RestoreAsync(labelled.Message, labelled.Example);
        Assert.Equal(message, (await Unsure.ListAsync()).Single());
        Assert.Empty((await Tenant.ListAsync("riddles", 0, 10)).Items);
    }

    [Fact]
    public async Task A_message_that_an_intent_is_sure_of_is_not_listed()
    {
        await ActivateAsync(IntentCluster.Garden);

        await WriteAsync("Please mow my lawn on Friday");
        await WriteAsync("Zanzibar quartz whispers, banjo umbrella");
        await KnowledgeCluster.UntilAsync(async () => !(await Unsure.ListAsync()).IsEmpty);

        Assert.StartsWith("Zanzibar", (await Unsure.ListAsync()).Single().Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_too_many_messages_the_oldest_go_and_a_text_that_comes_again_counts_once_more()
    {
        var list = Enumerable.Range(0, 5).Aggregate(new UnsureMessageList(), (list, i) => list.With(Message($"text {i}"), most: 3)).With(Message("text 3"), most: 3);

        Assert.Equal([("text 3", 2), ("text 4", 1), ("text 2", 1)], list.Messages.Select(message => (message.Text, message.Times)));
        Assert.Equal([4, 5, 3], list.Messages.Select(message => message.Id));

        UnsureMessage Message(string text) => new(0, text, null, 0, 1, DateTimeOffset.UnixEpoch, new(_id, Guid.Empty));
    }

    [Fact]
    public async Task Texts_are_classified_by_the_active_or_another_version_and_by_a_training_for_the_occasion()
    {
        var classifier = cluster.Grains.GetGrain<IIntentClassifierGrain>(_id.Value);
        Assert.Equal("intents.none_active", (await classifier.ClassifyAsync(["a"], null)).Refusal?.Code);
        await ActivateAsync(IntentCluster.Garden);

        var active = (await classifier.ClassifyAsync(["mow the grass please", "Who won the election?"], null)).ValueOrThrow();
        var tried = (await classifier.TryAsync(IntentCluster.Garden, ["mow the grass please"])).ValueOrThrow();

        Assert.Equal("book_mowing", active[0].Intent);
        Assert.True(active[1].OutOfScope > active[0].OutOfScope);
        Assert.Equal(active[0].Intents, tried.Texts[0].Intents);
        Assert.Equal((await Tenant.GetVersionAsync(1)).ValueOrThrow().Quality.Intents, tried.Quality.Intents);
        Assert.Equal("intents.version_not_found", (await classifier.ClassifyAsync(["a"], 7)).Refusal?.Code);
        Assert.Equal("intents.count_invalid", (await classifier.TryAsync([new("a", "b")], ["a"])).Refusal?.Code);
        Assert.Equal("texts.too_many", (await classifier.ClassifyAsync([.. Enumerable.Repeat("a", IIntentClassifierGrain.MaxTexts + 1)], null)).Refusal?.Code);
    }

    private async Task ActivateAsync(ImmutableArray<IntentExample> examples)
    {
        await Tenant.AddAsync(examples);
        await IntentCluster.TrainAsync(Tenant);
        (await Tenant.ActivateAsync(1)).ValueOrThrow();
        await IntentCluster.UntilAsync(Tenant, status => status.Ready == 1);
    }

    private async Task<Analysis> WriteAsync(string text) => (await cluster.WriteAsync(new(_id, Guid.NewGuid()), text)).Analysis!;

    private async Task<int> SwapAsync(CancellationToken stop)
    {
        var swaps = 0;
        for (; !stop.IsCancellationRequested && swaps < 10_000; swaps++)
        {
            var number = 1 + (swaps % 2);
            (await Tenant.ActivateAsync(number)).ValueOrThrow();
            await IntentCluster.UntilAsync(Tenant, status => status.Ready == number);
        }

        return swaps;
    }
}
