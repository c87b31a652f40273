using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService.Inboxes;

/// <summary>The tenant's inboxes by id; configuration section <c>Inboxes</c>, for example <c>Inboxes:web:Origins:0</c>.</summary>
public sealed record InboxesOptions
{
    /// <summary>The inboxes. Always there: <c>web</c> for the widget, <c>api</c> for messages by REST.</summary>
    [ValidateEnumeratedItems]
    public IDictionary<string, InboxOptions> All { get; } = new Dictionary<string, InboxOptions>(StringComparer.Ordinal) { ["web"] = new(), ["api"] = new() { Kind = ChannelKind.Api } };

    /// <summary>Finds an inbox.</summary>
    /// <param name="inbox">Its id; null finds none.</param>
    /// <returns>Its settings, or null.</returns>
    internal InboxOptions? Find(string? inbox) => inbox is not null && All.TryGetValue(inbox, out var found) ? found : null;
}

/// <summary>One inbox.</summary>
public sealed record InboxOptions
{
    /// <summary>The kind of transport: <see cref="ChannelKind.WebChat"/> (the default) or <see cref="ChannelKind.Api"/>.</summary>
    public ChannelKind Kind { get; init; } = ChannelKind.WebChat;

    /// <summary>Pages that may hold the widget, as origins (<c>https://shop.example</c>). Empty (the default): the Gateway's own origin and <c>localhost</c>.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>The secret by which the tenant signs identity tokens, at least 32 bytes of UTF-8; null (the default) when it signs none.</summary>
    [MinLength(32)]
    public string? IdentitySecret { get; init; }

    /// <summary>True to refuse contacts without an identity token. Default: false.</summary>
    public bool RequireIdentity { get; init; }

    /// <summary>The tenant's own words for "an AI answers first"; null (the default) for the widget's.</summary>
    [StringLength(400)]
    public string? Notice { get; init; }
}

/// <summary>Checks what attributes cannot say: ids, origins, and that a required identity can be proven.</summary>
[OptionsValidator]
internal sealed partial class InboxOptionsValidator : IValidateOptions<InboxOptions>;

internal sealed class InboxesOptionsValidator(InboxOptionsValidator inboxes) : IValidateOptions<InboxesOptions>
{
    public ValidateOptionsResult Validate(string? name, InboxesOptions options)
    {
        List<string> errors = [];
        foreach (var (id, inbox) in options.All)
        {
            if (!Slug.IsValid(id))
                errors.Add($"Inboxes:{id}: an inbox's id is made of lower-case letters, digits, '.', '_' and '-', at most 64.");
            if (inbox.Kind is not (ChannelKind.WebChat or ChannelKind.Api))
                errors.Add($"Inboxes:{id}:Kind: {inbox.Kind} has no channel; use WebChat or Api.");
            if (inbox.RequireIdentity && inbox.IdentitySecret is null)
                errors.Add($"Inboxes:{id}:RequireIdentity needs IdentitySecret.");
            errors.AddRange(inbox.Origins.Where(origin => !IsOrigin(origin)).Select(origin => $"Inboxes:{id}:Origins: '{origin}' is not an origin such as https://shop.example."));
            errors.AddRange(inboxes.Validate($"Inboxes:{id}", inbox).Failures ?? []);
        }

        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static bool IsOrigin(string origin) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.GetLeftPart(UriPartial.Authority).Equals(origin, StringComparison.OrdinalIgnoreCase);
}
