using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace CustomerService.Api;

/// <summary>Secrets of this installation: from settings, or made at the first start and kept in files that only the product's user can read.</summary>
internal sealed class KeyFolder(IOptions<GatewayOptions> options)
{
    private const int KeyBytes = 32;

    /// <summary>A key for one purpose, derived from the signing key (HKDF, RFC 5869), so that a signature of one never passes for another.</summary>
    public byte[] Derive(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, SigningKey(), KeyBytes, info: System.Text.Encoding.UTF8.GetBytes(purpose));

    /// <summary>Reads a secret, or makes it.</summary>
    /// <param name="name">The file's name.</param>
    /// <param name="make">Makes a new one; called at most once a start.</param>
    public string ReadOrMake(string name, Func<string> make)
    {
        var folder = Directory.CreateDirectory(options.Value.KeyFolder);
        var path = Path.Combine(folder.FullName, name);
        if (File.Exists(path))
            return File.ReadAllText(path).Trim();

        var secret = make();
        var mode = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            mode.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(path, mode);
        writer.WriteLine(secret);
        return secret;
    }

    private byte[] SigningKey()
    {
        var text = options.Value.SigningKey ?? ReadOrMake("signing.key", () => Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)));
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length >= KeyBytes
            ? key[..length]
            : throw new OptionsValidationException("Gateway", typeof(GatewayOptions), [$"Gateway:SigningKey, or the file signing.key in {options.Value.KeyFolder}, is not at least {KeyBytes} bytes in base64."]);
    }
}
