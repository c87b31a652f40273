using CustomerService.Answers;
using CustomerService.Nlu;
using CustomerService.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Conversations;

/// <summary>The conversation path on the engine, with played understanding and answers.</summary>
public sealed class ConversationCluster : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;
    private IServiceProvider? _silo;

    public IGrainFactory Grains => _cluster!.Client;

    internal IConversationJournal Journal => _silo!.GetRequiredService<IConversationJournal>();

    internal OutboxResumer Outbox => _silo!.GetServices<Microsoft.Extensions.Hosting.IHostedService>().OfType<OutboxResumer>().Single();

    public static Task<ConversationCluster> StartAsync(params IEnumerable<(string Name, string Value)> settings) => StartAsync(new MemoryJournal(), settings);

    internal static async Task<ConversationCluster> StartAsync(IConversationJournal journal, params IEnumerable<(string Name, string Value)> settings)
    {
        IServiceProvider? started = null;
        var cluster = new InProcessTestClusterBuilder(initialSilosCount: 1)
            .ConfigureHost(host => host.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))))
            .ConfigureSilo((_, silo) =>
            {
                silo.AddMemoryGrainStorageAsDefault();
                silo.AddOutgoingGrainCallFilter(PlayAsync);
                silo.Services.AddSingleton(journal).AddConversations().AddQueues();
                silo.AddStartupTask((services, _) =>
                {
                    started = services;
                    return Task.CompletedTask;
                });
            })
            .Build();
        await cluster.DeployAsync();
        return new() { _cluster = cluster, _silo = started };
    }

    public async ValueTask InitializeAsync()
    {
        var started = await StartAsync(("Conversations:TurnDeadline", "00:00:00.500"), ("Conversations:BurstPause", "00:00:00"), ("Routing:WakeInterval", "00:00:00.001"));
        (_cluster, _silo) = (started._cluster, started._silo);
    }

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    internal IConversationGrain Conversation(ConversationKey key) => Grains.GetGrain<IConversationGrain>(key.ToString());

    // "never" is never answered, "wait" not until something follows it, "?!" cannot be; everything else is echoed.
    private static async Task PlayAsync(IOutgoingGrainCallContext call)
    {
        if (call.InterfaceMethod.DeclaringType == typeof(INluGrain))
        {
            call.Result = A.Analysis();
        }
        else if (call.InterfaceMethod.DeclaringType == typeof(IAnswerGrain))
        {
            var question = (Question)call.Request.GetArgument(0)!;
            if (question.Text is "never" or "wait")
                await Task.Delay(Timeout.Infinite, (CancellationToken)call.Request.GetArgument(1)!);
            call.Result = question.Text == "?!" ? A.Answer(rung: AnswerRung.Human, handoff: "Nothing fits.") : A.Answer($"You said: {question.Text}");
        }
        else
        {
            await call.Invoke();
        }
    }
}

internal static class ConversationReading
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>The journal once it is as wanted; woken by the conversation, as every consumer is.</summary>
    public static async Task<ImmutableArray<ConversationEntry>> UntilAsync(
        this IConversationGrain conversation, IGrainFactory grains, Func<ImmutableArray<ConversationEntry>, bool> wanted)
    {
        var observer = new Waker();
        using var patience = new CancellationTokenSource(Patience);
        var reference = grains.CreateObjectReference<IConversationObserver>(observer);
        while (true)
        {
            var woken = observer.NextAsync();
            await conversation.WatchAsync(reference);
            var page = await conversation.ReadAsync(0, 200);
            if (wanted(page.Entries))
                return page.Entries;
            await woken.WaitAsync(patience.Token);
        }
    }

    public static IEnumerable<Message> Said(this IEnumerable<ConversationEntry> entries, AuthorKind by) =>
        entries.Select(entry => entry.Event).OfType<MessagePosted>().Select(posted => posted.Message).Where(message => message.Author.Kind == by);

    private sealed class Waker : IConversationObserver
    {
        private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task NextAsync() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public Task ChangedAsync(ConversationKey conversation, long lastSequence)
        {
            _next.TrySetResult();
            return Task.CompletedTask;
        }

        public Task TypingAsync(ConversationKey conversation, Author author, bool isTyping)
        {
            _next.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
