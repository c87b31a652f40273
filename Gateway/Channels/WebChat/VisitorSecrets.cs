using System.Buffers.Text;
using System.Security.Cryptography;
using CustomerService.Api;

namespace CustomerService.Channels.WebChat;

/// <summary>What a browser keeps so that an anonymous contact comes back as the same one: a random id and our signature of it, so that nobody can choose one.</summary>
internal sealed class VisitorSecrets(KeyFolder keys)
{
    private const int IdBytes = 16;
    private const int SignatureBytes = 16;
    private readonly byte[] _signing = keys.Derive("web chat: visitor secret");
    private readonly byte[] _addressing = keys.Derive("web chat: visitor address");

    public string Make()
    {
        Span<byte> secret = stackalloc byte[IdBytes + SignatureBytes];
        RandomNumberGenerator.Fill(secret[..IdBytes]);
        Sign(secret[..IdBytes], secret[IdBytes..]);
        return Base64Url.EncodeToString(secret);
    }

    /// <summary>The address that a secret stands for. It cannot be turned back into the secret.</summary>
    /// <returns>Null when the secret is not one of ours.</returns>
    public string? Address(string? secret)
    {
        Span<byte> bytes = stackalloc byte[IdBytes + SignatureBytes];
        if (!Base64Url.IsValid(secret, out var length) || length != bytes.Length || !Base64Url.TryDecodeFromChars(secret, bytes, out _))
            return null;

        Span<byte> expected = stackalloc byte[SignatureBytes];
        Sign(bytes[..IdBytes], expected);
        if (!CryptographicOperations.FixedTimeEquals(expected, bytes[IdBytes..]))
            return null;

        Span<byte> address = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_addressing, bytes[..IdBytes], address);
        return "visitor:" + Convert.ToHexStringLower(address[..IdBytes]);
    }

    private void Sign(ReadOnlySpan<byte> id, Span<byte> signature)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_signing, id, hash);
        hash[..SignatureBytes].CopyTo(signature);
    }
}
