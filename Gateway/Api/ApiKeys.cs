using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Agents;
using Microsoft.Extensions.Options;

namespace CustomerService.Api;

/// <summary>The keys that may use the API, by their hashes.</summary>
public sealed class ApiKeys
{
    private const string DevelopmentName = "development";
    private const string Prefix = "csk_";
    private readonly ImmutableArray<ApiKey> _keys;

    internal ApiKeys(IOptions<GatewayOptions> options, KeyFolder folder, TimeProvider time)
    {
        if (options.Value.ApiKeys.Count == 0)
            DevelopmentKey = folder.ReadOrMake("development-api.key", Make);
        IEnumerable<ApiKeyOptions> configured = DevelopmentKey is null
            ? options.Value.ApiKeys
            : [new() { Name = DevelopmentName, Sha256 = Convert.ToHexString(Hash(DevelopmentKey)), CanWrite = true, Role = AgentRole.Admin }];
        _keys = [.. configured.Select(key => new ApiKey(key, new(options.Value.RequestsPerHour, time)))];
    }

    /// <summary>The key that was made because none is configured, to be shown to whoever started the product; null when keys are configured.</summary>
    public string? DevelopmentKey { get; }

    /// <summary>Finds the key that a caller shows. All hashes are compared, each in constant time.</summary>
    internal ApiKey? Find(string shown)
    {
        var hash = Hash(shown);
        ApiKey? found = null;
        foreach (var key in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(hash, key.Hash.AsSpan()))
                found = key;
        }

        return found;
    }

    private static byte[] Hash(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));

    private static string Make() => Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
}

/// <summary>One key, and what is left of its hour.</summary>
internal sealed record ApiKey(ApiKeyOptions Options, RequestQuota Quota)
{
    public ImmutableArray<byte> Hash { get; } = [.. Convert.FromHexString(Options.Sha256)];

    /// <summary>Under whose name the key acts in conversations.</summary>
    public AgentProfile Agent { get; } = new(new($"api.{Options.Name}"), $"API ({Options.Name})", Options.Role);
}
