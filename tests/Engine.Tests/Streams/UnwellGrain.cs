using System.Collections.Concurrent;
using CustomerService.Conformance.Streams;
using Orleans.Streams;

namespace CustomerService.EngineTests.Streams;

public interface IUnwellGrain : IGrainWithStringKey;

/// <summary>Fails to be activated more often than one event is tried in a minute, which is nineteen times.</summary>
[ImplicitStreamSubscription("unwell")]
public sealed class UnwellGrain : Grain, IUnwellGrain
{
    private const int Failures = 25;

    private static readonly ConcurrentDictionary<string, int> s_tries = [];

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (s_tries.AddOrUpdate(this.GetPrimaryKeyString(), 1, (_, tries) => tries + 1) <= Failures)
            throw new InvalidOperationException("Not well yet.");

        await this.GetStreamProvider("streams").GetStream<int>(StreamId.Create("unwell", this.GetPrimaryKeyString())).SubscribeAsync((item, _) =>
        {
            Received.Add(this.GetPrimaryKeyString(), item.ToString());
            return Task.CompletedTask;
        });
    }
}
