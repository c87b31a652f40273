using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds days and times of day, and writes them as ISO 8601.</summary>
internal static partial class DateFinder
{
    private const string Time = @"(?:(?<h>[01]?\d|2[0-3])[:h](?<min>[0-5]\d)(?::(?<s>[0-5]\d)(?:\.\d{1,7})?)?(?:\s?(?<ap>[ap]m|[ap]\.m\.?)(?!\p{L}))?(?<z>Z)?|(?<h>1[0-2]|0?[1-9])\s?(?<ap>[ap]m|[ap]\.m\.?)(?!\p{L})|(?<h>[01]?\d|2[0-3])\s?(?:uhr|o'clock)(?!\p{L}))";
    private const string Ordinal = @"(?:st|nd|rd|th|er|\.|º|ª)?";

    [GeneratedRegex(@"(?<![\p{L}\p{N}.\-/])(?<y>(?:19|20)\d\d)(?<sep>[\-/.])(?<m>1[0-2]|0?[1-9])\k<sep>(?<d>3[01]|[12]\d|0?[1-9])(?:[T ,]{1,2}" + Time + @")?(?![\p{L}\p{N}]|[.\-/]\d)", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex YearFirst { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}.\-/])(?<a>\d{1,2})(?<sep>[\-/.])(?<b>\d{1,2})\k<sep>(?<y>(?:19|20)?\d\d)(?![\p{L}\p{N}]|[.\-/]\d)", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex YearLast { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}.,\-/])(?:(?<a>\d{1,2})/(?<b>\d{1,2})|(?<a>\d{1,2})\.(?<b>1[0-2]|0?[1-9])\.)(?![\p{L}\p{N}/]|[.,\-]\d)", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex WithoutYear { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}.\-/])(?<d>3[01]|[12]\d|0?[1-9])" + Ordinal + @"[ \-]{1,2}(?:of |de |d')?(?<m>" + MonthNames.Pattern + @")(?!\p{L})(?:\.?,?[ \-](?:del? )?(?<y>(?:19|20)\d\d)(?!\d))?", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex DayFirst { get; }

    [GeneratedRegex(@"(?<!\p{L})(?<m>" + MonthNames.Pattern + @")(?!\p{L})\.?[ \-](?:the )?(?:(?<d>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\p{L}\p{N}:]|[.,]\d)(?:,? (?<y>(?:19|20)\d\d)(?!\d))?|(?:of )?(?<y>(?:19|20)\d\d)(?!\d))", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex MonthFirst { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}.,:\-/$€£])" + Time + @"(?![\p{L}\p{N}]|[.:]\d)", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex TimeOfDay { get; }

    // Between a day and the time that belongs to it.
    [GeneratedRegex(@"^(?:,? ?(?:at|um|à|a las|T|@|,|-|–)? ?)$", Options, Patterns.TimeoutMilliseconds)]
    private static partial Regex Joint { get; }

    private const RegexOptions Options = RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture;

    public static void Find(string text, in EntityContext context, List<Candidate> found)
    {
        var days = new List<Candidate>();
        if (text.AsSpan().ContainsAnyInRange('0', '9'))
        {
            foreach (Match match in YearFirst.Matches(text))
                AddDay(match, Number(match, "y"), Number(match, "m"), Number(match, "d"), 0.97, days);
            foreach (Match match in YearLast.Matches(text))
                AddOrdered(match, context, 0.95, days);
            foreach (Match match in WithoutYear.Matches(text))
                AddOrdered(match, context, match.Value.EndsWith('.') ? 0.6 : 0.5, days);
            foreach (Match match in DayFirst.Matches(text))
                AddNamed(match, context, days);
            foreach (Match match in MonthFirst.Matches(text))
                AddNamed(match, context, days);
        }

        RelativeDates.Find(text, context, days);
        AddTimes(text, days, found);
        found.AddRange(days);
    }

    private static void AddTimes(string text, List<Candidate> days, List<Candidate> found)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9'))
            return;
        foreach (Match match in TimeOfDay.Matches(text))
        {
            var time = TimeText(match);
            var day = days.FindIndex(d => d.Value.Length == 10 && d.End <= match.Index && match.Index - d.End <= 8 && Joint.IsMatch(text.AsSpan(d.End, match.Index - d.End)));
            if (day >= 0)
                days[day] = days[day] with { Length = match.Index + match.Length - days[day].Offset, Value = days[day].Value + time };
            else
                found.Add(new(EntityKind.Date, match.Index, match.Length, time, 0.8));
        }
    }

    private static void AddOrdered(Match match, in EntityContext context, double confidence, List<Candidate> found)
    {
        var (a, b) = (Number(match, "a"), Number(match, "b"));
        var monthFirst = match.Value.Contains('/', StringComparison.Ordinal) && context.Language is "en" or Languages.Unknown && context.Country is null or "US" or "PH";
        var (day, month) = b > 12 || a <= 12 && monthFirst ? (b, a) : (a, b);
        var year = match.Groups["y"].Success ? FullYear(Number(match, "y")) : Nearest(context.At, month, day);
        AddDay(match, year, month, day, confidence, found);
    }

    private static void AddNamed(Match match, in EntityContext context, List<Candidate> found)
    {
        var month = MonthNames.NumberOf(match.Groups["m"].ValueSpan);
        if (!match.Groups["d"].Success)
            found.Add(new(EntityKind.Date, match.Index, match.Length, string.Create(CultureInfo.InvariantCulture, $"{Number(match, "y"):0000}-{month:00}"), 0.85));
        else
            AddDay(match, match.Groups["y"].Success ? Number(match, "y") : Nearest(context.At, month, Number(match, "d")), month, Number(match, "d"), 0.92, found);
    }

    private static void AddDay(Match match, int year, int month, int day, double confidence, List<Candidate> found)
    {
        if (month is < 1 or > 12 || day < 1 || year < 1 || day > DateTime.DaysInMonth(year, month))
            return;
        var value = new DateOnly(year, month, day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + (match.Groups["h"].Success ? TimeText(match) : "");
        found.Add(new(EntityKind.Date, match.Index, match.Value.TrimEnd().Length, value, confidence));
    }

    // Two digits: 24 is 2024, 79 is 1979. Without a year: the one in which the day is nearest to the message.
    private static int FullYear(int year) => year >= 100 ? year : year < 70 ? 2000 + year : 1900 + year;

    private static int Nearest(DateTimeOffset at, int month, int day)
    {
        if (month is < 1 or > 12 || day is < 1 or > 31)
            return 0;
        var days = (new DateTime(2000, month, Math.Min(day, 28)).DayOfYear - at.DayOfYear);
        return at.Year + (days > 183 ? -1 : days < -183 ? 1 : 0);
    }

    private static int Number(Match match, string group) => int.TryParse(match.Groups[group].ValueSpan, out var value) ? value : 0;

    private static string TimeText(Match match)
    {
        var (hour, half) = (Number(match, "h"), match.Groups["ap"].Value);
        if (half.Length > 0)
            hour = hour % 12 + (half[0] is 'p' or 'P' ? 12 : 0);
        var seconds = match.Groups["s"].Success ? ":" + match.Groups["s"].Value : "";
        return string.Create(CultureInfo.InvariantCulture, $"T{hour:00}:{Number(match, "min"):00}{seconds}{match.Groups["z"].Value}");
    }
}
