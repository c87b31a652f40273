using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CustomerService.Tenancy;

namespace CustomerService.Nlu;

/// <summary>Names a version of a tenant's own intents. Text form: <c>tenant/number</c>.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Number">From 1.</param>
[GenerateSerializer, Immutable, Alias("intent-version-key")]
public readonly record struct IntentVersionKey([property: Id(0)] TenantId Tenant, [property: Id(1)] int Number)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Tenant.Value}/{Number}");
}
