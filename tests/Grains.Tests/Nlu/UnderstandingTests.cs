using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

public sealed class UnderstandingTests(UnderstandingTests.Running running) : IClassFixture<UnderstandingTests.Running>
{
    private static readonly DateTimeOffset _noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private CurrentModels Models => running.Host.Services.GetRequiredService<CurrentModels>();

    [Theory]
    [InlineData("Where is my order 12345?", "en", "track_order")]
    [InlineData("WHERE IS MY ORDER", "en", "track_order")]
    [InlineData("i forgot my pasword", "en", "recover_password")]
    [InlineData("Hi there, I would like my money back please, thanks", "en", "get_refund")]
    [InlineData("Ich möchte meine Bestellung stornieren", "de", "cancel_order")]
    [InlineData("Je voudrais parler à un humain", "fr", "contact_human_agent")]
    [InlineData("Quiero cambiar la dirección de envío de mi pedido", "es", "change_shipping_address")]
    [InlineData("我要人工客服", "zh", "contact_human_agent")]
    [InlineData("Мне нужен живой человек, не бот", "ru", "contact_human_agent")]
    [InlineData("thank you so much!", "en", "thanks")]
    public async Task A_message_is_understood(string text, string language, string intent)
    {
        var analysis = await AnalyzeAsync(text);

        Assert.Equal(language, analysis.Language.Code);
        Assert.Equal(intent, analysis.Intents[0].Intent);
        Assert.True(analysis.Intents[0].Confidence > analysis.OutOfScope);
        Assert.False(analysis.IsDegraded);
    }

    [Theory]
    [InlineData("Please cancel my order 4711. And where can I find my last invoice?", "cancel_order: Please cancel my order 4711. | check_invoice: And where can I find my last invoice?")]
    [InlineData("Hi there! Where is my order? I am waiting for my order since Monday.", "")]
    [InlineData("Ich möchte meine Bestellung stornieren und mit einem Menschen sprechen", "cancel_order: Ich möchte meine Bestellung stornieren | contact_human_agent: und mit einem Menschen sprechen")]
    public async Task Several_requests_are_listed_with_their_places(string text, string expected) =>
        Assert.Equal(expected, string.Join(" | ", (await AnalyzeAsync(text)).Requests.Select(request => $"{request.Intent}: {text.Substring(request.Offset, request.Length)}")));

    [Theory, InlineData("What is the capital of Australia?"), InlineData("qwe rtz uio pas dfg"), InlineData("Write a poem about the sea")]
    public async Task What_no_intent_covers_is_out_of_scope(string text) => Assert.True((await AnalyzeAsync(text)).OutOfScope > 0.5);

    [Theory]
    [InlineData("This is the third time, unacceptable! I want my money back!", -1, -0.4)]
    [InlineData("Where is my order?", -0.4, 0.4)]
    [InlineData("Perfect, thank you so much, great service!", 0.4, 1)]
    [InlineData("Das ist eine Frechheit, ich bin stinksauer!", -1, -0.3)]
    public async Task A_mood_is_read(string text, double lowest, double highest) => Assert.InRange((await AnalyzeAsync(text)).Sentiment, lowest, highest);

    [Fact]
    public async Task Praise_that_hides_anger_is_read_as_low_and_marked_as_unsure()
    {
        var analysis = await AnalyzeAsync("Great, third time this week!");

        Assert.True(analysis.Sentiment < 0);
        Assert.True(analysis.SentimentConfidence < NluOptions.ReliableSentiment);
    }

    [Fact]
    public async Task A_language_without_a_mood_model_stays_near_neutral_and_says_so()
    {
        var analysis = await AnalyzeAsync("Olen erittäin tyytymätön ja haluan rahani takaisin heti!");

        Assert.Equal("fi", analysis.Language.Code);
        Assert.InRange(analysis.Sentiment, -0.3, 0.3);
        Assert.True(analysis.SentimentConfidence < NluOptions.ReliableSentiment);
    }

    [Theory, InlineData(""), InlineData(" "), InlineData("\0\u0007"), InlineData("🙂"), InlineData("\ud800x"), InlineData("12345")]
    public async Task Any_text_gets_an_analysis_within_its_ranges(string text) => AssertInRange(await AnalyzeAsync(text));

    [Fact]
    public async Task A_text_longer_than_ten_thousand_characters_is_cut() => AssertInRange(await AnalyzeAsync(string.Concat(Enumerable.Repeat("where is my order? ", 2_000))));

    [Fact]
    public async Task The_conversations_language_helps_with_a_text_that_tells_nothing() =>
        Assert.Equal("sv", (await AnalyzeAsync("12345", hint: "sv")).Language.Code);

    [Fact]
    public async Task A_long_message_in_a_language_beyond_the_23_stays_unknown_whatever_was_spoken_before() =>
        Assert.Equal(Languages.Unknown, (await AnalyzeAsync("Szeretném visszakérni a pénzemet, mert a csomag nem érkezett meg.", hint: "en")).Language.Code);

    [Theory, InlineData("ok", "ja"), InlineData("ok", "sv"), InlineData("👍", "de")]
    public async Task An_answer_that_is_the_same_everywhere_keeps_the_conversations_language(string text, string hint) =>
        Assert.Equal(hint, (await AnalyzeAsync(text, hint)).Language.Code);

    [Fact]
    public async Task Many_messages_at_once_are_understood_as_one_alone()
    {
        string[] texts = ["Where is my order?", "I forgot my password", "Hello", "I would like to return the blue jacket that I bought two weeks ago because it is too small"];
        var alone = await Task.WhenAll(texts.Select(text => AnalyzeAsync(text)));

        var together = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => AnalyzeAsync(texts[i % texts.Length])));

        Assert.All(together.Index(), pair => Assert.Equal(alone[pair.Index % texts.Length].Intents[0].Intent, pair.Item.Intents[0].Intent));
    }

    [Fact]
    public async Task When_no_inference_comes_in_time_the_analysis_is_made_without_and_says_so()
    {
        using var stalled = Stalled(new());

        var analysis = await AnalyzeAsync(stalled, "Where is my order?");

        Assert.True(analysis.IsDegraded);
        Assert.Equal("track_order", analysis.Intents[0].Intent);
    }

    [Fact]
    public async Task A_full_queue_does_not_make_anybody_wait()
    {
        using var stalled = Stalled(new() { QueueCapacity = 1 });

        var first = stalled.EncodeAsync(Models.BuiltIn, "one", asPair: false, CancellationToken.None);
        var second = stalled.EncodeAsync(Models.BuiltIn, "two", asPair: false, CancellationToken.None);

        Assert.False(first.IsCompleted);
        Assert.Null(await second);
    }

    [Fact]
    public async Task While_many_wait_the_pieces_of_a_message_do_not_queue_as_well_and_are_read_all_the_same()
    {
        using var stalled = Stalled(new() { QueueCapacity = 3, MaxBatch = 1 });
        _ = stalled.EncodeAsync(Models.BuiltIn, "somebody else's", asPair: false, CancellationToken.None);

        var analysis = await AnalyzeAsync(stalled, "Please cancel my order 4711. And where can I find my last invoice?");

        Assert.Equal(["cancel_order", "check_invoice"], analysis.Requests.Select(request => request.Intent));
        Assert.False(stalled.EncodeAsync(Models.BuiltIn, "there is room for one more", asPair: false, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_costs_no_inference()
    {
        using var late = Stalled(new());
        await AnalyzeAsync(late, "Where is my order?");

        await late.StartAsync(TestContext.Current.CancellationToken);
        Assert.NotNull(await late.EncodeAsync(Models.BuiltIn, "Hello", asPair: false, CancellationToken.None));
        await late.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(1, late.Encoded);
    }

    // Its inferences never come.
    private SentenceBatcher Stalled(NluOptions options)
    {
        var services = running.Host.Services;
        return new(Models, services.GetRequiredService<Lazy<SentenceEncoder>>(), Options.Create(options), Microsoft.Extensions.Logging.Abstractions.NullLogger<SentenceBatcher>.Instance);
    }

    private Task<Analysis> AnalyzeAsync(SentenceBatcher batcher, string text)
    {
        var options = Options.Create(new NluOptions { Budget = TimeSpan.FromMilliseconds(5) });
        return new Understanding(Models, batcher, options, TimeProvider.System)
            .AnalyzeAsync(new AnalysisRequest(text, _noon, null), TestContext.Current.CancellationToken);
    }

    private static void AssertInRange(Analysis analysis)
    {
        Assert.InRange(analysis.Sentiment, -1, 1);
        Assert.InRange(analysis.SentimentConfidence, 0, 1);
        Assert.InRange(analysis.OutOfScope, 0, 1);
        Assert.True(analysis.Intents.Length <= 3);
        Assert.Equal(analysis.Intents.OrderByDescending(intent => intent.Confidence), analysis.Intents);
    }

    private Task<Analysis> AnalyzeAsync(string text, string? hint = null) =>
        running.Host.Services.GetRequiredService<Understanding>().AnalyzeAsync(new AnalysisRequest(text, _noon, hint), TestContext.Current.CancellationToken);

    public sealed class Running : IAsyncLifetime
    {
        internal IHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);

            // Tests share two cores with others: time is not what is tested here.
            builder.Configuration.AddInMemoryCollection([new("Nlu:Budget", "00:00:05")]);
            builder.Services.AddLogging();
            builder.Services.AddNlu(builder.Configuration);
            Host = builder.Build();
            await Host.StartAsync();
        }

        public async ValueTask DisposeAsync()
        {
            await Host.StopAsync();
            Host.Dispose();
        }
    }
}
