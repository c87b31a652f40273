namespace CustomerService.Nlu;

/// <summary>The words of running text, which are seldom names: a set of hashes in 64 KiB that takes one word in twenty for common that is not.</summary>
internal sealed class CommonWords
{
    private const int Bits = 19;
    private readonly byte[] _set;

    private CommonWords(byte[] set) => _set = set;

    public const int SizeBytes = 1 << (Bits - 3);

    public ReadOnlySpan<byte> Bytes => _set;

    public static CommonWords Read(ReadOnlySpan<byte> bytes) => new(bytes.ToArray());

    public static CommonWords Of(IEnumerable<string> lowerCaseWords)
    {
        var set = new byte[SizeBytes];
        foreach (var word in lowerCaseWords)
        {
            var place = PlaceOf(TokenFeatures.Hash(word));
            set[place >> 3] |= (byte)(1 << (place & 7));
        }

        return new(set);
    }

    /// <param name="hash">Of the word in lower case.</param>
    public bool Contains(uint hash) => PlaceOf(hash) is var place && (_set[place >> 3] >> (place & 7) & 1) == 1;

    private static int PlaceOf(uint hash) => (int)(hash * 0x9E3779B1u >> (32 - Bits));
}
