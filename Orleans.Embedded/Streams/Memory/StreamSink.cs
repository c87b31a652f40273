using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>An attached observer, whatever its event type.</summary>
internal abstract class StreamSink
{
    /// <summary>How many events the observer takes at once.</summary>
    public abstract int MaxBatch { get; }

    public abstract Task NextAsync(ReadOnlySpan<StreamEvent> events);

    public abstract Task ErrorAsync(Exception exception);
}

internal sealed class SingleSink<T>(IAsyncObserver<T> observer) : StreamSink
{
    public override int MaxBatch => 1;

    public override Task NextAsync(ReadOnlySpan<StreamEvent> events) => observer.OnNextAsync(events[0].ItemAs<T>(), events[0].Token);

    public override Task ErrorAsync(Exception exception) => observer.OnErrorAsync(exception);
}

internal sealed class BatchSink<T>(IAsyncBatchObserver<T> observer) : StreamSink
{
    public override int MaxBatch => StreamSubscription.MaxEventsPerTurn;

    public override Task NextAsync(ReadOnlySpan<StreamEvent> events)
    {
        var items = new List<SequentialItem<T>>(events.Length);
        foreach (var one in events)
            items.Add(new(one.ItemAs<T>(), one.Token));
        return observer.OnNextAsync(items);
    }

    public override Task ErrorAsync(Exception exception) => observer.OnErrorAsync(exception);
}

/// <summary>The observers an activation has attached, by subscription; a component of the activation, gone with it.</summary>
internal sealed class AttachedSinks
{
    public Dictionary<Guid, StreamSink> BySubscription { get; } = [];

    public static AttachedSinks Of(Activation activation)
    {
        if (activation.GetComponent<AttachedSinks>() is { } sinks)
            return sinks;

        sinks = new();
        activation.SetComponent(sinks);
        return sinks;
    }
}
