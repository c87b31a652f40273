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

    [Theory, InlineData("DE", "+493012345678"), InlineData("FR", "+333012345678"), InlineData(null, "03012345678")]
    public void A_telephone_number_without_a_prefix_is_of_the_writers_country(string? country, string number) =>
        Assert.Equal(number, Find("call me: 030 12345678", country: country).Single(entity => entity.Kind == EntityKind.Phone).Value);

    [Theory, InlineData("Europe/Berlin", "DE"), InlineData("America/Los_Angeles", "US"), InlineData("Asia/Tokyo", "JP"), InlineData("Etc/GMT+3", null), InlineData("UTC", null), InlineData(null, null)]
    public void A_zone_tells_the_country_where_that_is_plain(string? zone, string? country) => Assert.Equal(country, ZoneCountries.Of(zone));

    private static ImmutableArray<Entity> Find(string text, string? zone = null, string? country = null) =>
        s_recogniser.Find(text, EntityContext.Of(new AnalysisRequest(text, s_lateInLondon, null, TimeZone: zone, Country: country), "en", null));
}
