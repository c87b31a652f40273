using System.Runtime.InteropServices;
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

    internal SequenceTagger(sbyte[] weights, sbyte[] transitions, CommonWords common)
    {
        _common = common;
        _weights = weights;
        _transitions = transitions;
    }

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
        for (var i = 0; i < tokens.Count; i++)
        {
            var row = scores.AsSpan(i * Tags, Tags);
            foreach (var bucket in buckets[..features.Of(i, buckets)])
            {
                var weights = _weights.AsSpan(bucket * Tags, Tags);
                for (var tag = 0; tag < Tags; tag++)
                    row[tag] += weights[tag];
            }

            row[0] -= noneBias;
        }

        var best = Viterbi(scores, tokens.Count, (from, to) => _transitions[from * Tags + to]);
        return (best, [.. best.Select((tag, i) => tag == Tag.None ? 0 : scores[i * Tags + (int)tag] - scores[i * Tags])]);
    }

    /// <summary>The path with the highest sum. <paramref name="transition"/> gets the row <see cref="Tags"/> for the start of the text.</summary>
    public static Tag[] Viterbi(ReadOnlySpan<int> scores, int count, Func<int, int, int> transition)
    {
        var path = new Tag[count];
        if (count == 0)
            return path;
        var back = new byte[count * Tags];
        Span<int> totals = stackalloc int[Tags], next = stackalloc int[Tags];
        for (var tag = 0; tag < Tags; tag++)
            totals[tag] = scores[tag] + (IsAllowed(Tags, tag) ? transition(Tags, tag) : -1_000_000);
        for (var i = 1; i < count; i++)
        {
            for (var tag = 0; tag < Tags; tag++)
            {
                var (highest, from) = (int.MinValue, 0);
                for (var previous = 0; previous < Tags; previous++)
                {
                    var total = IsAllowed(previous, tag) ? totals[previous] + transition(previous, tag) : int.MinValue;
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
