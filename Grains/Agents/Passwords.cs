using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace CustomerService.Agents;

/// <summary>Makes and checks password hashes away from the grain's turn, at most two at a time, so that a flood of sign-ins cannot take every core.</summary>
internal sealed class Passwords(IOptions<AgentOptions> options) : IDisposable
{
    private const int SaltBytes = 16;
    private const int HashBytes = 64;

    // Without i, l, o, 0 and 1: it is read off a console and typed.
    private const string OneTimeLetters = "abcdefghjkmnpqrstuvwxyz23456789";

    private readonly SemaphoreSlim _slots = new(2);
    private readonly string _salt = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SaltBytes));

    /// <summary>A hash that no password has: checking an unknown name against it costs as much as checking a known one.</summary>
    public PasswordHash Nobody => new(_salt, Convert.ToBase64String(new byte[HashBytes]), options.Value.HashIterations);

    public void Dispose() => _slots.Dispose();

    /// <returns>Four groups of five letters and digits: 99 bits.</returns>
    public string NewOneTime() => string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(OneTimeLetters, 5)));

    public async Task<PasswordHash> HashAsync(string password, CancellationToken cancellationToken)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        var iterations = options.Value.HashIterations;
        var hash = await DeriveAsync(password, salt, iterations, cancellationToken);
        return new(Convert.ToBase64String(salt), Convert.ToBase64String(hash), iterations);
    }

    public async Task<bool> VerifyAsync(string password, PasswordHash known, CancellationToken cancellationToken)
    {
        var hash = await DeriveAsync(password, Convert.FromBase64String(known.Salt), known.Iterations, cancellationToken);
        return CryptographicOperations.FixedTimeEquals(hash, Convert.FromBase64String(known.Hash));
    }

    private async Task<byte[]> DeriveAsync(string password, byte[] salt, int iterations, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA512, HashBytes), cancellationToken);
        }
        finally
        {
            _slots.Release();
        }
    }
}
