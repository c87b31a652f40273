using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CustomerService.Tenancy;

namespace CustomerService.Nlu;

/// <summary>Whose model, and all that decides what a training makes of it.</summary>
/// <param name="Version">Whose.</param>
/// <param name="Encoder">The hash of the encoder whose vectors it reads.</param>
/// <param name="Examples">In the order in which they are learned.</param>
internal sealed record IntentModelSource(IntentVersionKey Version, string Encoder, ImmutableArray<IntentExample> Examples)
{
    private const int NameDigits = 16;

    /// <summary>The program that trains: another build may train otherwise, or read the same numbers otherwise.</summary>
    public Guid Build { get; init; } = typeof(IntentTrainer).Module.ModuleVersionId;

    /// <summary>The beginning of the names of a tenant's files; ids are hashed, since not everything in them may stand in a name.</summary>
    public static string Prefix(TenantId tenant) => Short(SHA256.HashData(Encoding.UTF8.GetBytes(tenant.Value))) + "-";

    /// <summary>The beginning of the names of a version's files.</summary>
    public static string Prefix(IntentVersionKey version) => string.Create(CultureInfo.InvariantCulture, $"{Prefix(version.Tenant)}{version.Number}-");

    public static string FileName(IntentVersionKey version, byte[] hash) => $"{Prefix(version)}{Short(hash)}.model";

    /// <summary>The same for the same model only.</summary>
    public byte[] Hash()
    {
        using var sha = SHA256.Create();
        using (var writer = new BinaryWriter(new CryptoStream(Stream.Null, sha, CryptoStreamMode.Write)))
        {
            writer.Write(Version.ToString());
            writer.Write(Encoder);
            writer.Write(Build.ToByteArray());
            foreach (var example in Examples)
            {
                writer.Write(example.Text);
                writer.Write(example.Intent);
            }
        }

        return sha.Hash!;
    }

    private static string Short(byte[] hash) => Convert.ToHexStringLower(hash)[..NameDigits];
}
