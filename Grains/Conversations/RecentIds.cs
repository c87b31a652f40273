using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Conversations;

/// <summary>
/// The ids of the last 500 messages as 64-bit hashes, oldest first: 4 KB when full. Values never change; one that follows another shares its array
/// and writes behind it, so that a message adds eight bytes and no copy.
/// </summary>
internal sealed class RecentIds
{
    public const int Max = 500;
    private const int Spare = 64;

    // The first slot counts how many of the others are taken, by this value or by one that follows it.
    private readonly ulong[] _slots;
    private readonly int _start;
    private readonly int _count;

    private RecentIds(ulong[] slots, int start, int count) => (_slots, _start, _count) = (slots, start, count);

    public static RecentIds Empty { get; } = new([0], 1, 0);

    /// <summary>The stored form, little-endian.</summary>
    public ReadOnlySpan<byte> Bytes => MemoryMarshal.AsBytes(Hashes);

    private ReadOnlySpan<ulong> Hashes => _slots.AsSpan(_start, _count);

    public static RecentIds Of(ReadOnlySpan<byte> bytes)
    {
        var hashes = MemoryMarshal.Cast<byte, ulong>(bytes);
        return hashes.IsEmpty ? Empty : new([(ulong)hashes.Length, .. hashes], 1, hashes.Length);
    }

    public bool Contains(AuthorKind author, string dedupId) => _count > 0 && Hashes.Contains(Hash(author, dedupId));

    public RecentIds Add(AuthorKind author, string dedupId)
    {
        var (kept, end) = (Math.Min(_count, Max - 1), _start + _count);
        var slots = _slots;
        // Another value that follows this one may have been faster, and may be the one that was stored: it keeps its place.
        if (end == slots.Length || Interlocked.CompareExchange(ref slots[0], (ulong)end, (ulong)end - 1) != (ulong)end - 1)
        {
            slots = new ulong[1 + Math.Min(Math.Max(4, 2 * _count), Max + Spare)];
            Hashes[(_count - kept)..].CopyTo(slots.AsSpan(1));
            end = kept + 1;
            slots[0] = (ulong)end;
        }

        slots[end] = Hash(author, dedupId);
        return new(slots, end - kept, kept + 1);
    }

    // The author is part of the hash: a contact cannot choose an id that swallows an answer of the assistant.
    private static ulong Hash(AuthorKind author, string dedupId)
    {
        if (ReferenceEquals(s_hashed.Id, dedupId) && s_hashed.Author == author)
            return s_hashed.Hash;

        Span<byte> text = stackalloc byte[1 + Encoding.UTF8.GetMaxByteCount(MessageText.MaxDedupIdLength)];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        text[0] = (byte)author;
        SHA256.HashData(text[..(1 + Encoding.UTF8.GetBytes(dedupId, text[1..]))], hash);
        s_hashed = (dedupId, author, BinaryPrimitives.ReadUInt64LittleEndian(hash));
        return s_hashed.Hash;
    }

    // A message is looked for, looked for again beside the others and then added, all with one id.
    [ThreadStatic]
    private static (string? Id, AuthorKind Author, ulong Hash) s_hashed;
}
