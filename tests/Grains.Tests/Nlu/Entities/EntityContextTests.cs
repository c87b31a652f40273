using System.Globalization;

namespace CustomerService.Nlu.Entities;

/// <summary>What the writer's place says about days and telephone numbers.</summary>
public sealed class EntityContextTests
{
    private static readonly EntityRecogniser s_recogniser = EntityRecogniser.Load(ModelFiles.Path("entities", "entities.bin"));
    private static readonly DateTimeOffset s_lateInLondon = new(2026, 3, 11, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, "2026-03-12"), InlineData("UTC", "2026-03-12"), InlineData("Asia/Tokyo", "2026-03-13"), InlineData("America/New_York", "2026-03-12"), InlineData("Middle/Earth", "2026-03-12")]
    public void Tomorrow_is_the_day_after_the_writers_today(string? zone, string day) =>
        Assert.Equal(day, Find("Please deliver it tomorrow", zone: zone).Single(entity => entity.Kind == EntityKind.Date).Value);

    // The clocks of Berlin go from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October.
    [Theory]
    [InlineData("2026-03-28T23:30:00Z", "in 3 hours", "2026-03-29T04:30"), InlineData("2026-03-29T00:50:00Z", "in 20 minutes", "2026-03-29T03:10"), InlineData("2026-03-29T02:30:00Z", "3 hours ago", "2026-03-29T00:30")]
    [InlineData("2026-10-24T22:30:00Z", "in 3 hours", "2026-10-25T02:30"), InlineData("2026-10-25T00:50:00Z", "in 20 minutes", "2026-10-25T02:10"), InlineData("2026-10-25T02:30:00Z", "3 hours ago", "2026-10-25T01:30")]
    [InlineData("2026-03-28T23:30:00Z", "in 2 days", "2026-03-31"), InlineData("2026-10-24T22:30:00Z", "in 1 week", "2026-11-01"), InlineData("2026-10-25T22:30:00Z", "a day ago", "2026-10-24")]
    public void Hours_pass_as_they_do_when_the_clocks_change_and_days_are_the_calendars(string at, string words, string value) =>
        Assert.Equal(value, Find($"Please call me {words}", zone: "Europe/Berlin", at: DateTimeOffset.Parse(at, CultureInfo.InvariantCulture)).Single(entity => entity.Kind == EntityKind.Date).Value);

    [Theory, InlineData("DE", "+493012345678"), InlineData("FR", "+333012345678"), InlineData(null, "03012345678")]
    public void A_telephone_number_without_a_prefix_is_of_the_writers_country(string? country, string number) =>
        Assert.Equal(number, Find("call me: 030 12345678", country: country).Single(entity => entity.Kind == EntityKind.Phone).Value);

    [Theory, InlineData("Europe/Berlin", "DE"), InlineData("America/Los_Angeles", "US"), InlineData("Asia/Tokyo", "JP"), InlineData("Etc/GMT+3", null), InlineData("UTC", null), InlineData(null, null)]
    public void A_zone_tells_the_country_where_that_is_plain(string? zone, string? country) => Assert.Equal(country, ZoneCountries.Of(zone));

    private static ImmutableArray<Entity> Find(string text, string? zone = null, string? country = null, DateTimeOffset? at = null) =>
        s_recogniser.Find(text, EntityContext.Of(new AnalysisRequest(text, at ?? s_lateInLondon, null, TimeZone: zone, Country: country), "en", null));
}
