using Orleans.Providers.Streams.Common;
using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>An event on its way, with the request context of whoever published it.</summary>
internal abstract class StreamEvent(Dictionary<string, object>? context)
{
    public Dictionary<string, object>? Context => context;

    /// <summary>The stream it belongs to.</summary>
    public MemoryStreamHub? Hub { get; private set; }

    /// <summary>The event's place among all of its provider.</summary>
    public long Place { get; private set; }

    /// <summary>When it was accepted.</summary>
    public uint Tick { get; private set; }

    public StreamSequenceToken Token => new EventSequenceTokenV2(Place - _index, _index);

    protected abstract object? Item { get; }

    // Place in its batch, whose first event gives the batch its number.
    private int _index;

    public T ItemAs<T>() => this is StreamEvent<T> typed ? typed.Value : (T)Item!;

    public void Accept(MemoryStreamHub hub, long batch, int index, uint tick) => (Hub, Place, _index, Tick) = (hub, batch + index, index, tick);
}

internal sealed class StreamEvent<T>(T value, Dictionary<string, object>? context) : StreamEvent(context)
{
    public T Value => value;

    protected override object? Item => value;
}
