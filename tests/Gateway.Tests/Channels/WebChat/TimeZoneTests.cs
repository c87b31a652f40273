using Microsoft.IdentityModel.JsonWebTokens;

namespace CustomerService.Channels.WebChat;

/// <summary>Where a contact is, as far as understanding needs it.</summary>
public sealed class TimeZoneTests(TimeZoneTests.German german) : IClassFixture<TimeZoneTests.German>
{
    private GatewayHost Host => german.Host;

    [Theory]
    [InlineData("Asia/Tokyo", "Asia/Tokyo", "JP"), InlineData("Etc/GMT+3", "Etc/GMT+3", "DE"), InlineData(null, "Europe/Berlin", "DE"), InlineData("Middle/Earth", "Europe/Berlin", "DE")]
    [InlineData("", "Europe/Berlin", "DE"), InlineData("../../etc/passwd", "Europe/Berlin", "DE"), InlineData("/etc/localtime", "Europe/Berlin", "DE")]
    public async Task A_message_is_understood_in_the_zone_and_country_of_its_contact_else_of_the_tenant(string? named, string zone, string country)
    {
        await using var contact = await ChatClient.StartAsync(Host.Address, Host.Http, timeZone: named);

        await contact.SendAsync("Tomorrow, please");

        Assert.Equal((zone, country), (Host.Assistant.Asked?.TimeZone, Host.Assistant.Asked?.Country));
    }

    [Fact]
    public async Task A_name_longer_than_any_zone_is_left_out_of_the_token()
    {
        var session = await ChatClient.SessionAsync(Host.Address, Host.Http, timeZone: new string('a', 5_000));

        Assert.False(new JsonWebToken(session["token"]!.GetValue<string>()).TryGetPayloadValue<string>("zoneinfo", out _));
    }

    [Fact]
    public async Task Without_any_of_it_days_count_in_UTC()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var contact = await ChatClient.StartAsync(host.Address, host.Http);

        await contact.SendAsync("Tomorrow, please");

        Assert.Equal(("UTC", null), (host.Assistant.Asked?.TimeZone, host.Assistant.Asked?.Country));
    }

    [Fact]
    public async Task Texts_of_the_API_are_understood_where_the_tenant_is()
    {
        using var answer = await Host.Api.PostAsync("/v1/nlu/analyze", new StringContent("""{"text":"morgen"}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.True(answer.IsSuccessStatusCode);
        Assert.Equal(("Europe/Berlin", "DE"), (Host.Assistant.Asked?.TimeZone, Host.Assistant.Asked?.Country));
    }

    /// <summary>A tenant whose contacts live in Germany.</summary>
    public sealed class German : IAsyncLifetime
    {
        internal GatewayHost Host { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync(("Tenancy:TimeZone", "Europe/Berlin"), ("Tenancy:Country", "DE"));

        public ValueTask DisposeAsync() => Host.DisposeAsync();
    }
}
