using Orleans.CodeGeneration;

#pragma warning disable MA0016 // Mutable collections in signatures are what the proof must find.

namespace CustomerService.EngineTests.Hosting;

public sealed class ImmutabilityTests
{
    public interface ICleanGrain : IGrainWithStringKey
    {
        Task<Clean?> GetAsync(Clean clean, int? number, ICleanGrain other, (Guid Id, DateTimeOffset At) pair, CancellationToken cancellationToken);
    }

    public interface IMutableGrain : IGrainWithStringKey
    {
        Task TakeListAsync(List<string> list);

        Task TakeArrayAsync(byte[] bytes);

        Task TakeSetterAsync(WithSetter value);

        Task TakeHiddenAsync(ImmutableArray<WithField> values);

        Task TakeAnythingAsync(IReadOnlyList<string> list);

        Task<Derivable> ReturnDerivedAsync();
    }

    [Fact]
    public void Immutable_records_collections_and_references_pass() =>
        Assert.Empty(ImmutabilityProof.OffencesOf([typeof(ICleanGrain)]));

    [Fact]
    public void Every_way_to_let_something_mutable_through_is_found()
    {
        var offences = ImmutabilityProof.OffencesOf([typeof(IMutableGrain)]);

        Assert.Collection(
            offences.Order(StringComparer.Ordinal),
            one => Assert.StartsWith("IMutableGrain.ReturnDerivedAsync returns → Derivable → Derived → Derived.Changes: ", one),
            one => Assert.StartsWith("IMutableGrain.TakeAnythingAsync(list)", one),
            one => Assert.StartsWith("IMutableGrain.TakeArrayAsync(bytes)", one),
            one => Assert.StartsWith("IMutableGrain.TakeHiddenAsync(values) → WithField → WithField._count", one),
            one => Assert.StartsWith("IMutableGrain.TakeListAsync(list)", one),
            one => Assert.StartsWith("IMutableGrain.TakeSetterAsync(value) → WithSetter.Name", one));
    }

    public sealed record Clean(string Text, ImmutableArray<Clean> Parts, ImmutableDictionary<string, Uri?> Links, ReadOnlyMemory<byte> Bytes, DayOfWeek Day)
    {
        public TimeSpan Span { get; init; }
    }

    public sealed class WithSetter
    {
        public string Name { get; set; } = "";
    }

    public sealed class WithField
    {
        private int _count;

        public int Next() => ++_count;
    }

    public abstract record Derivable;

    public sealed record Derived(List<string> Changes) : Derivable;
}
