using Orleans.Streams;

namespace Orleans.Streams
{
    /// <summary>The place of an event in its stream.</summary>
    public abstract class StreamSequenceToken : IEquatable<StreamSequenceToken?>, IComparable<StreamSequenceToken?>
    {
        public abstract long SequenceNumber { get; protected set; }

        public abstract int EventIndex { get; protected set; }

        public abstract bool Equals(StreamSequenceToken? other);

        public abstract int CompareTo(StreamSequenceToken? other);

        public override bool Equals(object? obj) => Equals(obj as StreamSequenceToken);

        public override int GetHashCode() => HashCode.Combine(SequenceNumber, EventIndex);
    }
}

namespace Orleans.Providers.Streams.Common
{
    public class EventSequenceTokenV2(long seqNumber, int eventInd) : StreamSequenceToken
    {
        public EventSequenceTokenV2(long seqNumber) : this(seqNumber, 0)
        {
        }

        public override long SequenceNumber { get; protected set; } = seqNumber;

        public override int EventIndex { get; protected set; } = eventInd;

        public override bool Equals(StreamSequenceToken? other) =>
            other is not null && other.SequenceNumber == SequenceNumber && other.EventIndex == EventIndex;

        public override int CompareTo(StreamSequenceToken? other) => other is null
            ? 1
            : SequenceNumber.CompareTo(other.SequenceNumber) is var order and not 0 ? order : EventIndex.CompareTo(other.EventIndex);

        public override string ToString() => $"[EventSequenceToken: SeqNum={SequenceNumber}, EventIndex={EventIndex}]";
    }
}
