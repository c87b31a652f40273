using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace CustomerService.Nlu;

/// <summary>What a token is part of; the first of an entity is told from the rest, so that neighbours stay apart.</summary>
internal enum Tag : byte { None, PersonStart, Person, AddressStart, Address, PlaceStart, Place, CompanyStart, Company }

/// <summary>A linear chain over token features: finds the best sequence of tags for a whole text (Viterbi).</summary>
/// <remarks>Time and memory are linear in the number of tokens.</remarks>
internal sealed class SequenceTagger
{
    public const int Tags = (int)Tag.Company + 1;

    // A name that is missed harms more than a word that is hidden (F2); chosen on templates that were left out of training for it.
    private const int NoneBias = 40;

    private const uint Magic = 0x32544E45; // "ENT2"
    private readonly sbyte[] _weights;
    private readonly sbyte[] _transitions;
    private readonly CommonWords _common;

    // The same weights for reading: a row of 16 bytes lies in one cache line and in one register.
    private readonly sbyte[] _rows = new sbyte[RowLength << TokenFeatures.Bits];
    private readonly int[] _steps;
    private const int RowLength = 16;

    internal SequenceTagger(sbyte[] weights, sbyte[] transitions, CommonWords common)
    {
        _common = common;
        _weights = weights;
        _transitions = transitions;
        _steps = Steps((from, to) => transitions[from * Tags + to]);
        for (var bucket = 0; bucket < 1 << TokenFeatures.Bits; bucket++)
            weights.AsSpan(bucket * Tags, Tags).CopyTo(_rows.AsSpan(bucket * RowLength));
    }

    /// <summary>What each step from one tag to the next adds, the row <see cref="Tags"/> for the start of the text; a step that cannot be has no chance.</summary>
    public static int[] Steps(Func<int, int, int> transition) =>
        [.. Enumerable.Range(0, TransitionCount).Select(i => IsAllowed(i / Tags, i % Tags) ? transition(i / Tags, i % Tags) : -1_000_000)];

    /// <summary>The lengths of the two tables.</summary>
    public const int WeightCount = (1 << TokenFeatures.Bits) * Tags, TransitionCount = (Tags + 1) * Tags;

    public static SequenceTagger Load(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Magic)
                throw new InvalidDataException("This is not an entity model (its first four bytes are wrong).");
            var (weights, transitions) = (new sbyte[WeightCount], new sbyte[TransitionCount]);
            stream.ReadExactly(MemoryMarshal.AsBytes(weights.AsSpan()));
            stream.ReadExactly(MemoryMarshal.AsBytes(transitions.AsSpan()));
            var common = new byte[CommonWords.SizeBytes];
            stream.ReadExactly(common);
            return new SequenceTagger(weights, transitions, CommonWords.Read(common));
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The entity model ends too early; the file is damaged.", e);
        }
    }

    public void Save(Stream stream)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(MemoryMarshal.AsBytes(_weights.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_transitions.AsSpan()));
        writer.Write(_common.Bytes);
    }

    /// <summary>The best tags, and for each token by how much its tag beats none (0 for none).</summary>
    /// <param name="noneBias">Taken from the score of <see cref="Tag.None"/>: the higher, the more is found.</param>
    public (Tag[] Tags, int[] Margins) Decode(string text, List<Token> tokens, int noneBias = NoneBias)
    {
        var features = new TokenFeatures(text, tokens, _common);
        var scores = new int[tokens.Count * Tags];
        Span<int> buckets = stackalloc int[TokenFeatures.MaxPerToken];
        Span<short> sums = stackalloc short[RowLength];
        for (var i = 0; i < tokens.Count; i++)
        {
            var (low, high) = (Vector128<short>.Zero, Vector128<short>.Zero);
            foreach (var bucket in buckets[..features.Of(i, buckets)])
            {
                var (first, second) = Vector128.Widen(Vector128.Create<sbyte>(_rows.AsSpan(bucket * RowLength, RowLength)));
                (low, high) = (low + first, high + second);
            }

            low.CopyTo(sums);
            high.CopyTo(sums[Vector128<short>.Count..]);
            for (var tag = 0; tag < Tags; tag++)
                scores[i * Tags + tag] = sums[tag];
            scores[i * Tags] -= noneBias;
        }

        var best = Viterbi(scores, tokens.Count, _steps);
        return (best, [.. best.Select((tag, i) => tag == Tag.None ? 0 : scores[i * Tags + (int)tag] - scores[i * Tags])]);
    }

    /// <summary>The path with the highest sum of scores and <see cref="Steps"/>.</summary>
    public static Tag[] Viterbi(ReadOnlySpan<int> scores, int count, ReadOnlySpan<int> steps)
    {
        var path = new Tag[count];
        if (count == 0)
            return path;
        var back = new byte[count * Tags];
        Span<int> totals = stackalloc int[Tags], next = stackalloc int[Tags];
        for (var tag = 0; tag < Tags; tag++)
            totals[tag] = scores[tag] + steps[Tags * Tags + tag];
        for (var i = 1; i < count; i++)
        {
            for (var tag = 0; tag < Tags; tag++)
            {
                var (highest, from) = (int.MinValue, 0);
                for (var previous = 0; previous < Tags; previous++)
                {
                    var total = totals[previous] + steps[previous * Tags + tag];
                    if (total > highest)
                        (highest, from) = (total, previous);
                }

                next[tag] = highest + scores[i * Tags + tag];
                back[i * Tags + tag] = (byte)from;
            }

            next.CopyTo(totals);
        }

        var last = 0;
        for (var tag = 1; tag < Tags; tag++)
            last = totals[tag] > totals[last] ? tag : last;
        for (var i = count - 1; i >= 0; i--)
        {
            path[i] = (Tag)last;
            last = back[i * Tags + last];
        }

        return path;
    }

    // The rest of an entity (an even tag) follows its start or itself.
    private static bool IsAllowed(int previous, int tag) => tag == 0 || tag % 2 == 1 || previous == tag || previous == tag - 1;
}
