using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.Utilities;

namespace CustomerService.Conformance.Observers;

public interface INewsObserver : IGrainObserver
{
    void OnNews(string text);

    [ResponseTimeout("00:00:05")]
    Task<string> ConfirmAsync(string text);
}

public interface INewsGrain : IGrainWithStringKey
{
    Task SubscribeAsync(INewsObserver observer);

    Task UnsubscribeAsync(INewsObserver observer);

    Task PublishAsync(string text);

    /// <summary>Waits for every observer's answer; returns how many are left.</summary>
    Task<int> ConfirmAsync(string text);

    Task ForwardAsync(TimeSpan span);

    Task CreateReferenceAsync();
}

public sealed class NewsGrain : Grain, INewsGrain
{
    private readonly ObserverManager<INewsObserver> _observers = new(TimeSpan.FromMinutes(5), NullLogger.Instance);
    private DateTime _now = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    public NewsGrain() => _observers.GetDateTime = () => _now;

    public Task SubscribeAsync(INewsObserver observer)
    {
        _observers.Subscribe(observer, observer);
        return Task.CompletedTask;
    }

    public Task UnsubscribeAsync(INewsObserver observer)
    {
        _observers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public Task PublishAsync(string text)
    {
        _observers.Notify(observer => observer.OnNews(text));
        return Task.CompletedTask;
    }

    public async Task<int> ConfirmAsync(string text)
    {
        await _observers.Notify(observer => observer.ConfirmAsync(text));
        return _observers.Count;
    }

    public Task CreateReferenceAsync()
    {
        GrainFactory.CreateObjectReference<INewsObserver>(new Deaf());
        return Task.CompletedTask;
    }

    public Task ForwardAsync(TimeSpan span)
    {
        _now += span;
        return Task.CompletedTask;
    }
}

internal sealed class Deaf : INewsObserver
{
    public void OnNews(string text)
    {
    }

    public Task<string> ConfirmAsync(string text) => throw new InvalidOperationException("I hear nothing.");
}

/// <summary>A grain that would like to be an observer as well.</summary>
internal sealed class Misplaced : Grain, INewsObserver
{
    public void OnNews(string text)
    {
    }

    public Task<string> ConfirmAsync(string text) => Task.FromResult(text);
}

public sealed class ObserverTests(ClusterFixture fixture)
{
    private readonly INewsGrain _grain = fixture.Grains.GetGrain<INewsGrain>(Keys.New());

    [Fact]
    public async Task An_observer_hears_in_order_what_the_grain_tells()
    {
        var observer = new Listener();
        await _grain.SubscribeAsync(fixture.Grains.CreateObjectReference<INewsObserver>(observer));

        for (var number = 0; number < 100; number++)
            await _grain.ConfirmAsync(number.ToString());
        Assert.Equal(Enumerable.Range(0, 100).Select(number => number.ToString()), observer.Heard);

        // What is told without waiting comes too; in which order is not said.
        var news = Keys.New();
        await _grain.PublishAsync(news);
        await Gate.Of(news).Arrived;
    }

    [Fact]
    public async Task An_observer_that_unsubscribed_hears_no_more()
    {
        var observer = new Listener();
        var reference = fixture.Grains.CreateObjectReference<INewsObserver>(observer);
        await _grain.SubscribeAsync(reference);
        await _grain.UnsubscribeAsync(reference);

        Assert.Equal(0, await _grain.ConfirmAsync("nobody"));
        Assert.Empty(observer.Heard);
    }

    [Fact]
    public async Task A_deleted_reference_is_dropped_at_the_next_notification()
    {
        var observer = new Listener();
        var reference = fixture.Grains.CreateObjectReference<INewsObserver>(observer);
        await _grain.SubscribeAsync(reference);

        fixture.Grains.DeleteObjectReference<INewsObserver>(reference);

        Assert.Equal(0, await _grain.ConfirmAsync("gone"));
        Assert.Empty(observer.Heard);
        GC.KeepAlive(observer);
    }

    [Fact]
    public async Task The_engine_does_not_keep_an_observer_alive()
    {
        var reference = Forgotten(fixture.Grains);
        await _grain.SubscribeAsync(reference);

        GC.Collect();
        GC.WaitForPendingFinalizers();

        Assert.Equal(0, await _grain.ConfirmAsync("anybody?"));
    }

    [Fact]
    public async Task A_subscription_expires_unless_it_is_renewed()
    {
        var (kept, lost) = (new Listener(), new Listener());
        var keptReference = fixture.Grains.CreateObjectReference<INewsObserver>(kept);
        await _grain.SubscribeAsync(keptReference);
        await _grain.SubscribeAsync(fixture.Grains.CreateObjectReference<INewsObserver>(lost));
        await _grain.ForwardAsync(TimeSpan.FromMinutes(4));
        await _grain.SubscribeAsync(keptReference);
        await _grain.ForwardAsync(TimeSpan.FromMinutes(4));

        Assert.Equal(1, await _grain.ConfirmAsync("still here"));
        Assert.Equal((1, 0), (kept.Heard.Count, lost.Heard.Count));
    }

    [Fact]
    public async Task An_observer_that_throws_is_dropped_and_the_others_hear_on()
    {
        var (deaf, hearing) = (new Deaf(), new Listener());
        await _grain.SubscribeAsync(fixture.Grains.CreateObjectReference<INewsObserver>(deaf));
        await _grain.SubscribeAsync(fixture.Grains.CreateObjectReference<INewsObserver>(hearing));

        Assert.Equal(1, await _grain.ConfirmAsync("one"));
        Assert.Equal(1, await _grain.ConfirmAsync("two"));

        Assert.Equal(["one", "two"], hearing.Heard);
        GC.KeepAlive(deaf);
    }

    [Fact]
    public async Task A_grain_cannot_make_observer_references() =>
        await Assert.ThrowsAsync<InvalidOperationException>(_grain.CreateReferenceAsync);

    [Fact]
    public void Neither_a_grain_nor_a_reference_can_be_made_an_observer_reference()
    {
        Assert.Throws<ArgumentException>(() => fixture.Grains.CreateObjectReference<INewsObserver>(fixture.Grains.CreateObjectReference<INewsObserver>(new Listener())));
        Assert.Throws<ArgumentException>(() => fixture.Grains.CreateObjectReference<INewsObserver>(new Misplaced()));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static INewsObserver Forgotten(IGrainFactory grains) => grains.CreateObjectReference<INewsObserver>(new Listener());

    private sealed class Listener : INewsObserver
    {
        public List<string> Heard { get; } = [];

        public void OnNews(string text) => Gate.Of(text).Arrive();

        public Task<string> ConfirmAsync(string text)
        {
            Heard.Add(text);
            return Task.FromResult(text);
        }
    }
}
