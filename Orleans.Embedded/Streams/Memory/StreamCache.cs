using System.Numerics;
using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>The newest events of a provider, for subscribers that rewind: a ring that every accepted event goes into.</summary>
internal sealed class StreamCache(int size, TimeSpan maxAge, EngineClock clock)
{
    private readonly StreamEvent?[] _ring = new StreamEvent?[(int)BitOperations.RoundUpToPowerOf2((uint)size)];
    private readonly uint _maxAge = clock.TicksOf(maxAge);
    private long _next = 1;

    /// <summary>Gives the events of one batch their places. Called under the lock of their stream, so places follow its order.</summary>
    public void Accept(MemoryStreamHub hub, ReadOnlySpan<StreamEvent> batch)
    {
        var first = Interlocked.Add(ref _next, batch.Length) - batch.Length;
        for (var index = 0; index < batch.Length; index++)
        {
            batch[index].Accept(hub, first, index, clock.Tick);
            Volatile.Write(ref _ring[(first + index) & (_ring.Length - 1)], batch[index]);
        }
    }

    /// <summary>The kept events of a stream from a token on, oldest first.</summary>
    /// <param name="missed">Whether events after the token may have been kept once and are not any more.</param>
    public List<StreamEvent> From(MemoryStreamHub hub, StreamSequenceToken token, out bool missed)
    {
        var kept = _ring.OfType<StreamEvent>().Where(IsYoung).OrderBy(one => one.Place).ToList();
        var oldest = kept.Count == 0 ? Volatile.Read(ref _next) : kept[0].Place;
        missed = oldest > 1 && PlaceOf(token) < oldest;
        return kept.FindAll(one => one.Hub!.Id == hub.Id && one.Place >= PlaceOf(token));
    }

    /// <summary>A batch has the place of its first event for a number, so the two parts of a token add up to a place.</summary>
    public static long PlaceOf(StreamSequenceToken token) => token.SequenceNumber + token.EventIndex;

    /// <summary>Lets go of what is too old.</summary>
    public void Sweep()
    {
        for (var index = 0; index < _ring.Length; index++)
        {
            if (_ring[index] is { } one && !IsYoung(one))
                Interlocked.CompareExchange(ref _ring[index], null, one);
        }
    }

    private bool IsYoung(StreamEvent one) => clock.Tick - one.Tick <= _maxAge;
}
