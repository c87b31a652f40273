using System.Collections.Frozen;

namespace CustomerService.Nlu;

/// <summary>The country that a time zone is in, where that is plain: zones that several countries use are left out, and so are countries whose numbers nobody asks for.</summary>
internal static class ZoneCountries
{
    private static readonly FrozenDictionary<string, string> s_countries = Parse(
        "US America/New_York America/Chicago America/Denver America/Los_Angeles America/Phoenix America/Detroit America/Anchorage Pacific/Honolulu",
        "CA America/Toronto America/Vancouver America/Edmonton America/Winnipeg America/Halifax America/Regina America/St_Johns", "GB Europe/London", "IE Europe/Dublin",
        "DE Europe/Berlin", "AT Europe/Vienna", "CH Europe/Zurich", "FR Europe/Paris", "BE Europe/Brussels", "NL Europe/Amsterdam", "LU Europe/Luxembourg", "ES Europe/Madrid Atlantic/Canary Africa/Ceuta",
        "PT Europe/Lisbon Atlantic/Madeira Atlantic/Azores", "IT Europe/Rome", "GR Europe/Athens", "DK Europe/Copenhagen", "NO Europe/Oslo", "SE Europe/Stockholm", "FI Europe/Helsinki", "PL Europe/Warsaw",
        "CZ Europe/Prague", "SK Europe/Bratislava", "HU Europe/Budapest", "RO Europe/Bucharest", "BG Europe/Sofia", "UA Europe/Kyiv Europe/Kiev",
        "RU Europe/Moscow Europe/Kaliningrad Europe/Samara Asia/Yekaterinburg Asia/Omsk Asia/Novosibirsk Asia/Krasnoyarsk Asia/Irkutsk Asia/Vladivostok", "TR Europe/Istanbul", "IL Asia/Jerusalem",
        "AE Asia/Dubai", "SA Asia/Riyadh", "EG Africa/Cairo", "IN Asia/Kolkata Asia/Calcutta", "JP Asia/Tokyo", "KR Asia/Seoul", "CN Asia/Shanghai",
        "AU Australia/Sydney Australia/Melbourne Australia/Brisbane Australia/Perth Australia/Adelaide Australia/Hobart Australia/Darwin", "NZ Pacific/Auckland",
        "BR America/Sao_Paulo America/Bahia America/Fortaleza America/Manaus America/Recife", "MX America/Mexico_City America/Monterrey America/Tijuana", "AR America/Argentina/Buenos_Aires America/Buenos_Aires",
        "ZA Africa/Johannesburg");

    /// <summary>The country's ISO 3166 code; null when the zone does not tell.</summary>
    public static string? Of(string? zone) => zone is null ? null : s_countries.GetValueOrDefault(zone);

    private static FrozenDictionary<string, string> Parse(params string[] countries) =>
        countries.SelectMany(line => line.Split(' ').Skip(1).Select(zone => (zone, line[..2]))).ToFrozenDictionary(pair => pair.zone, pair => pair.Item2, StringComparer.Ordinal);
}
