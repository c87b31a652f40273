namespace CustomerService.Nlu;

/// <summary>The n-grams of a word, hashed to buckets: one to five characters with the word's edges, and the word itself.</summary>
internal static class Ngrams
{
    private const int Longest = 5;
    private const char Start = '^', End = '$';
    private const uint Seed = 0x811C9DC5u;

    /// <summary>The most buckets that <see cref="Of"/> writes.</summary>
    public const int MaxPerWord = (WordReader.MaxLetters + 2) * Longest + 1;

    /// <summary>Writes the buckets of a word, of <paramref name="size"/> in all.</summary>
    /// <returns>How many were written.</returns>
    public static int Of(ReadOnlySpan<char> word, int size, Span<int> buckets)
    {
        var count = 0;
        var whole = Seed;
        for (var i = -1; i <= word.Length; i++)
        {
            var hash = Seed;
            for (var length = 1; length <= Longest && i + length - 1 <= word.Length; length++)
            {
                hash = Mix(hash, At(word, i + length - 1));
                if (length > 1 || (uint)i < (uint)word.Length)
                    buckets[count++] = Bucket(hash, size);
            }

            whole = Mix(whole, At(word, i));
        }

        buckets[count++] = Bucket(Mix(whole, '\uFFFF'), size);
        return count;
    }

    private static char At(ReadOnlySpan<char> word, int i) => i < 0 ? Start : i < word.Length ? word[i] : End;

    // FNV-1a by characters, then Fibonacci hashing, whose high bits choose the bucket.
    private static uint Mix(uint hash, char c) => (hash ^ c) * 16777619u;

    private static int Bucket(uint hash, int size)
    {
        hash ^= hash >> 15;
        return (int)((ulong)(hash * 0x9E3779B1u) * (uint)size >> 32);
    }
}
