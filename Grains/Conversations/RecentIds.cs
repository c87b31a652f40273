using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Conversations;

/// <summary>The ids of the last 500 messages as 64-bit hashes, oldest first: 4 KB when full.</summary>
internal sealed class RecentIds
{
    public const int Max = 500;

    private readonly ulong[] _hashes;

    private RecentIds(ulong[] hashes) => _hashes = hashes;

    public static RecentIds Empty { get; } = new([]);

    /// <summary>The stored form, little-endian.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(_hashes.AsSpan());

    public static RecentIds Of(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? Empty : new(MemoryMarshal.Cast<byte, ulong>(bytes).ToArray());

    public bool Contains(AuthorKind author, string dedupId) => _hashes.AsSpan().Contains(Hash(author, dedupId));

    public RecentIds Add(AuthorKind author, string dedupId) =>
        new([.. _hashes.AsSpan(_hashes.Length < Max ? 0 : 1), Hash(author, dedupId)]);

    // The author is part of the hash: a contact cannot choose an id that swallows an answer of the assistant.
    private static ulong Hash(AuthorKind author, string dedupId)
    {
        Span<byte> text = stackalloc byte[1 + Encoding.UTF8.GetMaxByteCount(MessageText.MaxDedupIdLength)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        text[0] = (byte)author;
        SHA256.HashData(text[..(1 + Encoding.UTF8.GetBytes(dedupId, text[1..]))], hash);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash);
    }
}
