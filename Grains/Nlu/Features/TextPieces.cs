using System.Buffers;
using System.Globalization;
using System.Runtime.InteropServices;

namespace CustomerService.Nlu;

/// <summary>A text as the set of its hashed pieces: words and pairs of words, and runs of three to five characters.</summary>
/// <remarks>
/// Case, accents of typing such as punctuation, and the digits of a number do not count: <c>ORDER #123!</c> and <c>order 77</c> are alike.
/// The models' weights are tied to every detail here; a change means training again (<c>models/train</c>).
/// </remarks>
internal sealed class TextPieces
{
    public const int Buckets = 1 << 16;
    private const int MaxCharacters = 2_000, Shortest = 3, Longest = 5;
    private const uint WordSeed = 0x9E3779B9, CharacterSeed = 0x85EBCA6B, Prime = 0x01000193;
    private readonly List<ushort> _words = new(64), _characters = new(512);

    public ReadOnlySpan<ushort> Words => CollectionsMarshal.AsSpan(_words);

    public ReadOnlySpan<ushort> Characters => CollectionsMarshal.AsSpan(_characters);

    /// <summary>Replaces the content by the pieces of another text, of which 2,000 characters count.</summary>
    public void Read(ReadOnlySpan<char> text)
    {
        _words.Clear();
        _characters.Clear();
        var buffer = ArrayPool<char>.Shared.Rent(2 * MaxCharacters + 2);
        var normal = buffer.AsSpan(0, Normalize(text[..Math.Min(text.Length, MaxCharacters)], buffer));
        HashWords(normal);
        HashCharacters(normal);
        ArrayPool<char>.Shared.Return(buffer);
        Distinct(_words);
        Distinct(_characters);
    }

    // Words in lower case with one blank before, between and after; a number is one 0; an ideograph is a word.
    internal static int Normalize(ReadOnlySpan<char> text, Span<char> normal)
    {
        var length = 0;
        normal[length++] = ' ';
        foreach (var c in text)
        {
            var ideograph = c is >= '\u3040' and <= '\u9FFF';
            if (char.IsDigit(c))
            {
                if (normal[length - 1] != '0')
                    normal[length++] = '0';
            }
            else if (char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark)
            {
                if (ideograph && normal[length - 1] != ' ')
                    normal[length++] = ' ';
                normal[length++] = char.ToLowerInvariant(c);
                if (ideograph)
                    normal[length++] = ' ';
            }
            else if (c is not ('\'' or '’') && normal[length - 1] != ' ')
            {
                normal[length++] = ' ';
            }
        }

        if (normal[length - 1] != ' ')
            normal[length++] = ' ';
        return length;
    }

    private void HashWords(ReadOnlySpan<char> normal)
    {
        var previous = 0u;
        foreach (var range in normal.Split(' '))
        {
            var word = normal[range];
            if (word.IsEmpty)
                continue;

            var hash = WordSeed;
            foreach (var c in word)
                hash = (hash ^ c) * Prime;
            _words.Add(Bucket(hash));
            if (previous != 0)
                _words.Add(Bucket((previous * 31) ^ hash));
            previous = hash;
        }
    }

    private void HashCharacters(ReadOnlySpan<char> normal)
    {
        for (var start = 0; start + Shortest <= normal.Length; start++)
        {
            var hash = CharacterSeed;
            var end = Math.Min(start + Longest, normal.Length);
            for (var at = start; at < end; at++)
            {
                hash = (hash ^ normal[at]) * Prime;
                if (at - start + 1 >= Shortest)
                    _characters.Add(Bucket(hash));
            }
        }
    }

    private static ushort Bucket(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x7FEB352D;
        hash = (hash ^ (hash >> 15)) * 0x846CA68B;
        return (ushort)(hash >> 16);
    }

    private static void Distinct(List<ushort> buckets)
    {
        var span = CollectionsMarshal.AsSpan(buckets);
        span.Sort();
        var count = 0;
        for (var i = 0; i < span.Length; i++)
            if (i == 0 || span[i] != span[i - 1])
                span[count++] = span[i];
        CollectionsMarshal.SetCount(buckets, count);
    }
}
