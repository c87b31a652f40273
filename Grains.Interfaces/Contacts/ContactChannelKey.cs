using System.Diagnostics.CodeAnalysis;
using CustomerService.Inboxes;
using CustomerService.Tenancy;

namespace CustomerService.Contacts;

/// <summary>One contact's address in one inbox: where messages of one person on one channel arrive. Text form: <c>tenant/inbox/address</c>.</summary>
/// <param name="Tenant">The business written to.</param>
/// <param name="Inbox">The inbox written to.</param>
/// <param name="Address">
/// The sender as the channel names it, normalised by the channel: an email address in lower case, a phone number in E.164, a web visitor's id.
/// At most <see cref="MaxAddressLength"/> characters.
/// </param>
[GenerateSerializer, Immutable, Alias("contact-channel-key")]
public readonly record struct ContactChannelKey([property: Id(0)] TenantId Tenant, [property: Id(1)] InboxId Inbox, [property: Id(2)] string Address)
    : IParsable<ContactChannelKey>
{
    /// <summary>The longest address, in characters (an email address has at most 254: RFC 5321 section 4.5.3.1.3).</summary>
    public const int MaxAddressLength = 254;

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A key's text form.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static ContactChannelKey Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var key) ? key : throw new FormatException("Not a ContactChannelKey: tenant/inbox/address.");

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A key's text form.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="key">The key, or default.</param>
    /// <returns>False when the text has another form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out ContactChannelKey key)
    {
        var parts = text?.Split('/', 3) ?? [];
        var valid = parts is [_, _, { Length: > 0 and <= MaxAddressLength }]
            & TenantId.TryParse(parts.ElementAtOrDefault(0), provider, out var tenant)
            & InboxId.TryParse(parts.ElementAtOrDefault(1), provider, out var inbox);
        key = valid ? new(tenant, inbox, parts[2]) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant.Value}/{Inbox.Value}/{Address}";
}
