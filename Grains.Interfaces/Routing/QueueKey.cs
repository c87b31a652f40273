using System.Diagnostics.CodeAnalysis;
using CustomerService.Conversations;
using CustomerService.Tenancy;

namespace CustomerService.Routing;

/// <summary>Names one shard of a tenant's live conversations. Text form: <c>tenant/shard</c>.</summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Shard">0 to <see cref="Shards"/> − 1.</param>
[GenerateSerializer, Immutable, Alias("queue-key")]
public readonly record struct QueueKey([property: Id(0)] TenantId Tenant, [property: Id(1)] int Shard) : IParsable<QueueKey>
{
    /// <summary>How many shards a tenant has. No grain sees every message; a list is the union of its shards.</summary>
    public const int Shards = 4;

    /// <summary>The shard that holds a conversation.</summary>
    /// <param name="conversation">Which conversation.</param>
    /// <returns>The same shard in every process and version: the last byte of the id, modulo <see cref="Shards"/>.</returns>
    public static QueueKey Of(ConversationKey conversation)
    {
        Span<byte> id = stackalloc byte[16];
        conversation.Id.TryWriteBytes(id, bigEndian: true, out _);
        return new(conversation.Tenant, id[15] % Shards);
    }

    /// <summary>All shards of a tenant.</summary>
    /// <param name="tenant">Whose.</param>
    /// <returns><see cref="Shards"/> keys.</returns>
    public static ImmutableArray<QueueKey> All(TenantId tenant) => [.. Enumerable.Range(0, Shards).Select(shard => new QueueKey(tenant, shard))];

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A key's text form.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static QueueKey Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var key) ? key : throw new FormatException("Not a QueueKey: tenant/shard.");

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A key's text form.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="key">The key, or default.</param>
    /// <returns>False when the text has another form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out QueueKey key)
    {
        var slash = text?.IndexOf('/') ?? -1;
        var valid = TenantId.TryParse(slash < 0 ? null : text![..slash], provider, out var tenant)
            & int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out var shard)
            & shard is >= 0 and < Shards;
        key = valid ? new(tenant, shard) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant.Value}/{Shard}";
}
