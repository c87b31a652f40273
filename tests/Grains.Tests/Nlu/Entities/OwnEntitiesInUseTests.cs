using System.Reflection;
using CustomerService.Tenancy;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu.Entities;

public sealed class OwnEntitiesInUseTests
{
    private static readonly TenantId s_tenant = new("insurer");
    private readonly HeldClock _clock = new();
    private readonly StoredOnce _stored = new();
    private readonly OwnEntitiesInUse _inUse;

    public OwnEntitiesInUseTests()
    {
        var grains = DispatchProxy.Create<IGrainFactory, OneGrain>();
        ((OneGrain)(object)grains).Grain = _stored;
        _inUse = new(grains, Options.Create(new NluOptions()), _clock, NullLogger<OwnEntitiesInUse>.Instance);
    }

    [Fact]
    public async Task The_first_message_of_all_waits_until_they_have_been_read()
    {
        _stored.Gate = new();

        var first = _inUse.OfAsync(s_tenant, TimeSpan.FromSeconds(1));
        Assert.False(first.IsCompleted);
        _stored.Gate.SetResult();

        Assert.NotNull(await first);
    }

    [Fact]
    public async Task A_change_elsewhere_is_in_use_after_the_interval_and_no_message_waits_for_it()
    {
        await _inUse.OfAsync(s_tenant, TimeSpan.FromSeconds(1));
        _stored.List = List(2, "claim_number");
        _stored.Gate = new();

        Assert.True((await SoughtWithoutWaiting()).IsPersonal("policy_number"));
        _clock.Jump(TimeSpan.FromSeconds(5));
        Assert.True((await SoughtWithoutWaiting()).IsPersonal("policy_number"));
        var looked = _inUse.RefreshAsync(s_tenant);
        _stored.Gate.SetResult();
        await looked;

        Assert.True((await SoughtWithoutWaiting()).IsPersonal("claim_number"));
    }

    [Fact]
    public async Task Within_the_interval_nobody_asks_again()
    {
        await _inUse.OfAsync(s_tenant, TimeSpan.FromSeconds(1));

        for (var message = 0; message < 100; message++)
        {
            await SoughtWithoutWaiting();
            await Task.Yield();
        }

        await _inUse.RefreshAsync(s_tenant);

        Assert.Equal(2, _stored.Asked);
    }

    [Fact]
    public async Task A_look_that_began_before_a_change_here_does_not_undo_it()
    {
        _stored.Gate = new();
        var looking = _inUse.OfAsync(s_tenant, TimeSpan.FromSeconds(5));
        await _stored.Called.Task;

        _inUse.Keep(s_tenant, 2, OwnEntities.Create(List(2, "claim_number").Entities).ValueOrThrow());
        _stored.Gate.SetResult();

        Assert.True((await looking)!.IsPersonal("claim_number"));
    }

    [Fact(Timeout = 20_000)]
    public async Task When_they_cannot_be_read_the_messages_go_without_them()
    {
        _stored.Failure = new TimeoutException("Played.");

        Assert.Null(await _inUse.OfAsync(s_tenant, Timeout.InfiniteTimeSpan));
    }

    private async Task<OwnEntities> SoughtWithoutWaiting()
    {
        var sought = _inUse.OfAsync(s_tenant, TimeSpan.FromSeconds(1));
        Assert.True(sought.IsCompleted);
        return (await sought)!;
    }

    private static OwnEntityList List(long version, string name) => new(version, [new OwnEntity(name, "[A-Z]{2}[0-9]+", [], IsPersonal: true)]);

    /// <summary>The grain that stores them; answers when its gate opens, with what was stored when it was asked.</summary>
    private sealed class StoredOnce : IOwnEntitiesGrain
    {
        public OwnEntityList List { get; set; } = OwnEntitiesInUseTests.List(1, "policy_number");

        public TaskCompletionSource? Gate { get; set; }

        public TaskCompletionSource Called { get; } = new();

        public Exception? Failure { get; set; }

        public int Asked { get; private set; }

        public Task<OwnEntityList> GetAsync(CancellationToken cancellationToken) => Task.FromResult(List);

        public async Task<OwnEntityList?> GetNewerAsync(long than, CancellationToken cancellationToken)
        {
            Asked++;
            if (Failure is not null)
                throw Failure;
            var newer = List.Version > than ? List : null;
            Called.TrySetResult();
            await (Gate?.Task ?? Task.CompletedTask);
            return newer;
        }

        public Task<Result<OwnEntityList>> ReplaceAsync(long version, ImmutableArray<OwnEntity> entities, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>Has one grain, whatever is asked for.</summary>
    public class OneGrain : DispatchProxy
    {
        internal object? Grain { get; set; }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => Grain;
    }

    /// <summary>Stands still until a test moves it; waits run in real time.</summary>
    private sealed class HeldClock : TimeProvider
    {
        private long _now = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Jump(TimeSpan ahead) => _now += ahead.Ticks;
    }
}
