namespace CustomerService.Nlu;

/// <summary>What the tagger sees of each token: the words around it, their shapes, ends and kinds, hashed to buckets.</summary>
internal sealed class TokenFeatures
{
    public const int Bits = 18;
    public const int MaxPerToken = 48;
    private const int Window = 3;

    private readonly record struct Facts(uint Word, uint Shape, uint Prefix, uint Suffix2, uint Suffix3, uint Suffix4, int Kind, uint Use);

    private static readonly Facts s_outside = new(1, 1, 1, 1, 1, 1, 0, 0);
    private readonly List<Facts> _facts;
    private readonly uint _case;
    private readonly bool[] _digitsNear;

    public TokenFeatures(string text, List<Token> tokens, CommonWords common)
    {
        _facts = new(tokens.Count);
        foreach (var token in tokens)
            _facts.Add(FactsOf(text.AsSpan(token.Offset, token.Length), common));
        _case = CaseOf(text);
        _digitsNear = [.. tokens.Select(token => char.IsDigit(text[token.Offset]))];
    }

    /// <summary>Writes the buckets of the token at <paramref name="index"/>.</summary>
    public int Of(int index, Span<int> buckets)
    {
        var count = 0;
        var (w0, w1, w2, w3) = (At(index), At(index - 1), At(index - 2), At(index - 3));
        var (n1, n2, n3) = (At(index + 1), At(index + 2), At(index + 3));
        Add(buckets, ref count, 0, 7);
        Add(buckets, ref count, 1, w0.Word);
        Add(buckets, ref count, 2, w1.Word);
        Add(buckets, ref count, 3, n1.Word);
        Add(buckets, ref count, 4, w2.Word);
        Add(buckets, ref count, 5, n2.Word);
        Add(buckets, ref count, 6, w1.Word, w0.Word);
        Add(buckets, ref count, 7, w0.Word, n1.Word);
        Add(buckets, ref count, 8, w2.Word, w1.Word);
        Add(buckets, ref count, 9, n1.Word, n2.Word);
        Add(buckets, ref count, 10, w0.Shape, _case);
        Add(buckets, ref count, 11, w1.Shape, w0.Shape);
        Add(buckets, ref count, 12, w0.Shape, n1.Shape);
        Add(buckets, ref count, 13, w1.Shape * 31 + w0.Shape, n1.Shape);
        Add(buckets, ref count, 14, n1.Shape * 31 + n2.Shape, n3.Shape);
        Add(buckets, ref count, 15, w1.Shape * 31 + w2.Shape, w3.Shape);
        Add(buckets, ref count, 16, w0.Prefix);
        Add(buckets, ref count, 17, w0.Suffix2);
        Add(buckets, ref count, 18, w0.Suffix3);
        Add(buckets, ref count, 19, w0.Suffix4);
        Add(buckets, ref count, 20, (uint)w0.Kind, w0.Shape);
        Add(buckets, ref count, 21, (uint)w1.Kind, w0.Shape);
        Add(buckets, ref count, 22, (uint)n1.Kind, w0.Shape);
        Add(buckets, ref count, 23, (uint)(w1.Kind * 16 + w2.Kind), w0.Shape);
        Add(buckets, ref count, 24, (uint)(n1.Kind * 16 + n2.Kind), w0.Shape);
        Add(buckets, ref count, 25, w1.Word, w0.Shape);
        Add(buckets, ref count, 26, n1.Word, w0.Shape);
        Add(buckets, ref count, 27, w1.Suffix3, w0.Suffix3);
        Add(buckets, ref count, 28, n1.Suffix3, w0.Suffix3);
        Add(buckets, ref count, 29, w2.Word * 31 + w1.Word, w0.Shape);
        Add(buckets, ref count, 30, w3.Word, w0.Shape);
        Add(buckets, ref count, 31, DigitsAround(index), w0.Shape);
        Add(buckets, ref count, 32, n1.Word * 31 + n2.Word, w0.Shape);
        Add(buckets, ref count, 33, w2.Word * 31 + w1.Word, w0.Word);
        Add(buckets, ref count, 34, w0.Suffix2, _case);
        Add(buckets, ref count, 35, index == 0 ? 1u : 0, w0.Shape);
        var use = w0.Use + 4 * w1.Use + 16 * n1.Use;
        Add(buckets, ref count, 36, w0.Use, w0.Shape * 8 + _case);
        Add(buckets, ref count, 37, use, w0.Shape * 8 + _case);
        Add(buckets, ref count, 38, w0.Use + 16 * (uint)w0.Kind, w1.Word);
        Add(buckets, ref count, 39, w0.Use + 16 * (uint)w0.Kind, n1.Word);
        Add(buckets, ref count, 40, use + 64 * (w2.Use + 4 * n2.Use), w0.Shape);
        Add(buckets, ref count, 41, (uint)(w0.Kind + 16 * (w1.Kind + 16 * n1.Kind)), w0.Shape);
        return count;
    }

    /// <summary>True for the features, by their place, that hold the token's own word.</summary>
    public static bool IsOwnWord(int feature) => feature is 1 or 6 or 7 or 33;

    /// <summary>True for the features that hold the list which the token's own word is on.</summary>
    public static bool IsOwnKind(int feature) => feature is 20 or 38 or 39 or 41;

    private Facts At(int index) => (uint)index < (uint)_facts.Count ? _facts[index] : s_outside;

    // Which of the six tokens around are numbers: an address is full of them.
    private uint DigitsAround(int index)
    {
        var bits = 0u;
        for (var i = index - Window; i <= index + Window; i++)
            bits = bits * 2 + ((uint)i < (uint)_digitsNear.Length && _digitsNear[i] ? 1u : 0);
        return bits;
    }

    private static void Add(Span<int> buckets, ref int count, uint template, uint a, uint b = 0)
    {
        var hash = (a * 0x85EBCA6Bu ^ template * 0x27D4EB2Fu) * 0xC2B2AE35u + b;
        hash = (hash ^ hash >> 15) * 0x2C1B3C6Du;
        hash = (hash ^ hash >> 12) * 0x297A2D39u;
        buckets[count++] = (int)((hash ^ hash >> 15) >> (32 - Bits));
    }

    private static Facts FactsOf(ReadOnlySpan<char> token, CommonWords common)
    {
        Span<char> lower = stackalloc char[Math.Min(token.Length, 40)];
        token[..lower.Length].ToLowerInvariant(lower);
        var isDigits = char.IsDigit(lower[0]);
        if (isDigits)
            lower.Fill('0');
        var kind = isDigits ? 9 : Gazetteer.KindOf(lower);
        var word = Hash(lower);
        // Signs and numbers, common words, and words that may be names.
        var use = !char.IsLetter(lower[0]) ? 1u : common.Contains(word) ? 2u : 3u;
        return new(word, ShapeOf(token), Hash(lower[..Math.Min(3, lower.Length)]), Hash(Tail(lower, 2)), Hash(Tail(lower, 3)), Hash(Tail(lower, 4)), kind, use);
    }

    private static ReadOnlySpan<char> Tail(ReadOnlySpan<char> word, int length) => word[Math.Max(0, word.Length - length)..];

    private static uint ShapeOf(ReadOnlySpan<char> token)
    {
        if (char.IsDigit(token[0]))
            return 10u + (uint)Math.Min(token.Length, 6);
        if (!char.IsLetter(token[0]))
            return 100u + token[0];
        var upper = 0;
        foreach (var c in token)
            upper += char.IsUpper(c) ? 1 : 0;
        return upper == 0 ? (token.Length < 3 ? 1u : 2u)
            : upper == token.Length ? (token.Length == 1 ? 3u : token.Length <= 3 ? 4u : 5u)
            : char.IsUpper(token[0]) ? (upper == 1 ? 6u : 7u)
            : 8u;
    }

    // Some write without capitals and some with nothing else: then the case of a word says nothing.
    private static uint CaseOf(string text)
    {
        var (upper, lower) = (0, 0);
        foreach (var c in text)
        {
            upper += char.IsUpper(c) ? 1 : 0;
            lower += char.IsLower(c) ? 1 : 0;
        }

        return upper == 0 ? 1u : lower < upper ? 2u : 3u;
    }

    public static uint Hash(ReadOnlySpan<char> text)
    {
        var hash = 0x811C9DC5u;
        foreach (var c in text)
            hash = (hash ^ c) * 16777619u;
        return hash;
    }
}
