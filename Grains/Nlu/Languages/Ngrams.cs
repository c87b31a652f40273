namespace CustomerService.Nlu;

/// <summary>The n-grams of a word, hashed to buckets: one to five characters with the word's edges, and the word itself.</summary>
internal static class Ngrams
{
    private const int Longest = 5;
    private const char Start = '^', End = '$';

    /// <summary>The most buckets that <see cref="Of"/> writes.</summary>
    public const int MaxPerWord = (WordReader.MaxLetters + 2) * Longest + 1;

    public static int Of(ReadOnlySpan<char> word, int bits, Span<int> buckets)
    {
        var count = 0;
        var whole = 0x811C9DC5u;
        for (var i = -1; i <= word.Length; i++)
        {
            var hash = 0x811C9DC5u;
            for (var length = 1; length <= Longest && i + length - 1 <= word.Length; length++)
            {
                hash = Mix(hash, At(word, i + length - 1));
                if (length > 1 || (uint)i < (uint)word.Length)
                    buckets[count++] = Bucket(hash, bits);
            }

            whole = Mix(whole, At(word, i));
        }

        buckets[count++] = Bucket(Mix(whole, '\uFFFF'), bits);
        return count;
    }

    private static char At(ReadOnlySpan<char> word, int i) => i < 0 ? Start : i < word.Length ? word[i] : End;

    // FNV-1a by characters, then Fibonacci hashing to take the high bits.
    private static uint Mix(uint hash, char c) => (hash ^ c) * 16777619u;

    private static int Bucket(uint hash, int bits)
    {
        hash ^= hash >> 15;
        return (int)(hash * 0x9E3779B1u >> (32 - bits));
    }
}
