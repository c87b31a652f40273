using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>An event on its way, with the request context of whoever published it.</summary>
internal readonly record struct StreamEvent(object? Item, StreamSequenceToken Token, Dictionary<string, object>? Context);
