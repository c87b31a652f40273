using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds days named from where the writer stands: tomorrow, last Monday, three weeks ago.</summary>
internal static partial class RelativeDates
{
    private const string Numbers = "a few|a couple of|a|an|one|two|three|four|five|six|seven|eight|nine|ten|ein(?:em|er)?|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|una?|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez";
    private const string Units = "days?|weeks?|months?|years?|hours?|minutes?|tag(?:en)?|wochen?|monat(?:en)?|jahr(?:en)?|stunden?|jours?|semaines?|mois|ans?|heures?|días?|dias?|semanas?|mes(?:es)?|años?|horas?";
    private const string Weekdays = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lunes|martes|miércoles|jueves|viernes|sábado|domingo";

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:the day (?:after tomorrow|before yesterday)|today|tonight|tomorrow|yesterday|heute|(?<!guten )(?<!am )(?<!jeden )morgen|gestern|vorgestern|übermorgen|aujourd['’]hui|demain|hier|avant-hier|après-demain|hoy|(?<!la )(?<!las )(?:pasado )?mañana|ayer|anteayer)(?![\p{L}\p{N}])", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex Words { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:(?<n>\d{1,3}|" + Numbers + @") (?<u>" + Units + @") (?<back>ago)|(?:(?<back>vor|il y a|hace)|in|within|dans|en|dentro de) (?<n>\d{1,3}|" + Numbers + ") (?<u>" + Units + @"))(?![\p{L}\p{N}])", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex Distance { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:(?<q>last|next|this|coming|letzte[nrs]?|nächste[nrs]?|kommende[nrs]?|diese[nrsm]?|el próximo|próximo|este) )?(?<w>" + Weekdays + @")(?: (?<q>dernier|prochain|pasado|que viene))?(?![\p{L}\p{N}])", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex Weekday { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:(?<q>last|next|this|letzte[nrs]?|nächste[nrs]?|diese[nrs]?|la próxima|el próximo|esta|este) (?<u>week|month|year|woche|monat|jahr|semana|mes|año)|(?:la |le |l['’])(?<u>semaine|mois|année) (?<q>dernière?|prochaine?)|(?:la |el )(?<u>semana|mes|año) (?<q>pasad[ao]|que viene))(?![\p{L}\p{N}])", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex Period { get; }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    // One of these stands in every match: most messages have none, and so need no pattern.
    private static readonly SearchValues<string> s_days = SearchValues.Create(["today", "tonight", "tomorrow", "yesterday", "heute", "morgen", "gestern", "aujourd", "demain", "hier", "hoy", "mañana", "ayer"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> s_units = SearchValues.Create(["day", "week", "month", "year", "hour", "minute", "tag", "woche", "monat", "jahr", "stunde", "jour", "semaine", "mois", " an", "année", "heure", "día", "dia", "semana", "mes", "año", "hora"], StringComparison.OrdinalIgnoreCase);
    private static readonly SearchValues<string> s_weekdays = SearchValues.Create(Weekdays.Split('|'), StringComparison.OrdinalIgnoreCase);

    public static void Find(string text, in EntityContext context, List<Candidate> found)
    {
        var today = DateOnly.FromDateTime(context.At.DateTime);
        if (text.AsSpan().ContainsAny(s_days))
            FindWords(text, context, today, found);
        if (text.AsSpan().ContainsAny(s_weekdays))
        {
            foreach (Match match in Weekday.Matches(text))
                Add(match, Day(NearWeekday(today, match)), 0.8, found);
        }

        if (!text.AsSpan().ContainsAny(s_units))
            return;
        foreach (Match match in Distance.Matches(text))
            Add(match, Far(context, Count(match.Groups["n"].Value) * (match.Groups["back"].Success ? -1 : 1), match.Groups["u"].Value.ToLowerInvariant()), 0.85, found);
        foreach (Match match in Period.Matches(text))
            Add(match, PeriodOf(today, Direction(match), match.Groups["u"].Value.ToLowerInvariant()), 0.75, found);
    }

    private static void FindWords(string text, in EntityContext context, DateOnly today, List<Candidate> found)
    {
        foreach (Match match in Words.Matches(text))
        {
            if (DaysOf(match.Value.ToLowerInvariant(), context.Language) is { } days)
                Add(match, Day(AddDays(today, days)), 0.9, found);
        }
    }

    private static void Add(Match match, string value, double confidence, List<Candidate> found) =>
        found.Add(new(EntityKind.Date, match.Index, match.Length, value, confidence));

    // "hier" is yesterday in French alone and "here" in German and Dutch; "morgen" is a morning in many greetings.
    private static int? DaysOf(string word, string language) => word switch
    {
        "today" or "tonight" or "heute" or "hoy" => 0,
        "aujourd'hui" or "aujourd’hui" => 0,
        "tomorrow" or "demain" or "mañana" => 1,
        "morgen" => language is "de" or "nl" or "no" or "da" ? 1 : null,
        "yesterday" or "gestern" or "ayer" => -1,
        "hier" => language == "fr" ? -1 : null,
        "the day after tomorrow" or "übermorgen" or "après-demain" or "pasado mañana" => 2,
        _ => -2,
    };

    private static int Count(string number) => int.TryParse(number, out var value) ? value : number.ToLowerInvariant() switch
    {
        "two" or "zwei" or "deux" or "dos" or "a couple of" => 2,
        "three" or "drei" or "trois" or "tres" or "a few" => 3,
        "four" or "vier" or "quatre" or "cuatro" => 4,
        "five" or "fünf" or "cinq" or "cinco" => 5,
        "six" or "sechs" or "seis" => 6,
        "seven" or "sieben" or "sept" or "siete" => 7,
        "eight" or "acht" or "huit" or "ocho" => 8,
        "nine" or "neun" or "neuf" or "nueve" => 9,
        "ten" or "zehn" or "dix" or "diez" => 10,
        _ => 1,
    };

    // Hours and minutes pass as they do; days and longer are the calendar's.
    private static string Far(in EntityContext context, int count, string unit)
    {
        var day = DateOnly.FromDateTime(context.At.DateTime);
        return unit switch
        {
            _ when unit.StartsWith("week", StringComparison.Ordinal) || unit.StartsWith("woche", StringComparison.Ordinal) || unit.StartsWith("sem", StringComparison.Ordinal) => Day(AddDays(day, count * 7)),
            _ when unit.StartsWith("mo", StringComparison.Ordinal) || unit.StartsWith("mes", StringComparison.Ordinal) => Day(AddMonths(day, count)),
            _ when unit.StartsWith("year", StringComparison.Ordinal) || unit.StartsWith("ja", StringComparison.Ordinal) || unit is "an" or "ans" or "año" or "años" => Day(AddMonths(day, count * 12)),
            _ when unit.StartsWith('h') || unit.StartsWith("stunde", StringComparison.Ordinal) => Moment(context, TimeSpan.FromHours(count)),
            _ when unit.StartsWith("minute", StringComparison.Ordinal) => Moment(context, TimeSpan.FromMinutes(count)),
            _ => Day(AddDays(day, count)),
        };
    }

    private static DateOnly NearWeekday(DateOnly today, Match match)
    {
        var weekday = Array.IndexOf(Weekdays.Split('|'), match.Groups["w"].Value.ToLowerInvariant()) % 7;
        var ahead = (weekday - ((int)today.DayOfWeek + 6) % 7 + 7) % 7;
        return AddDays(today, Direction(match) < 0 ? (ahead == 0 ? -7 : ahead - 7) : ahead == 0 && Direction(match) > 0 ? 7 : ahead);
    }

    private static int Direction(Match match) => match.Groups["q"].Value.ToLowerInvariant() switch
    {
        ['l', 'a', 's' or ' ', ..] and not "la próxima" or ['l', 'e', 't', 'z', ..] or ['d', 'e', 'r', ..] or ['p', 'a', 's', ..] => -1,
        "" or "this" or "este" or "esta" or ['d', 'i', 'e', ..] => 0,
        _ => 1,
    };

    private static string PeriodOf(DateOnly today, int direction, string unit)
    {
        if (unit[0] is 'w' or 's')
        {
            var day = AddDays(today, 7 * direction).ToDateTime(TimeOnly.MinValue);
            return string.Create(CultureInfo.InvariantCulture, $"{ISOWeek.GetYear(day)}-W{ISOWeek.GetWeekOfYear(day):00}");
        }

        return unit[0] is 'm' ? AddMonths(today, direction).ToString("yyyy-MM", CultureInfo.InvariantCulture) : (today.Year + direction).ToString("0000", CultureInfo.InvariantCulture);
    }

    // A message from the edge of the calendar must not throw.
    private static DateOnly AddDays(DateOnly day, int days) => DateOnly.FromDayNumber(Math.Clamp(day.DayNumber + days, DateOnly.MinValue.DayNumber, DateOnly.MaxValue.DayNumber));

    private static DateOnly AddMonths(DateOnly day, int months) =>
        day.Year + months / 12 is > 1 and < 9998 ? day.AddMonths(months) : day;

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Moment(in EntityContext context, TimeSpan later) =>
        (context.At.Year is > 1 and < 9999 ? context.After(later) : context.At).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);
}
