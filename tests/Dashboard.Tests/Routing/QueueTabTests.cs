using CustomerService.Agents;
using CustomerService.Conversations;

namespace CustomerService.Routing;

public sealed class QueueTabTests
{
    private static readonly AgentId Me = new("mara");

    [Theory]
    [InlineData(BatonHolder.Assistant, null, "All")]
    [InlineData(BatonHolder.Queue, null, "New All")]
    [InlineData(BatonHolder.Agent, "mara", "Mine All")]
    [InlineData(BatonHolder.Supervisor, "ines", "Team All")]
    public void A_conversation_is_in_the_tabs_of_who_holds_it(BatonHolder holder, string? agent, string tabs)
    {
        var row = A.Row(1, baton: new(holder, agent));

        Assert.Equal(tabs, string.Join(' ', Enum.GetValues<QueueTab>().Where(tab => tab.Has(row, Me))));
    }

    [Theory, InlineData("brandt", true), InlineData("VISITOR-1", true), InlineData("hello", true), InlineData("nobody", false), InlineData("", true)]
    public void Search_finds_names_addresses_and_the_newest_message(string search, bool isFound) =>
        Assert.Equal(isFound, A.Row(1, name: "Ellen Brandt").Matches(search));

    [Fact]
    public void An_alert_is_news_once_and_what_stood_at_the_first_look_is_not()
    {
        var watch = new AlertWatch();
        Assert.Empty(watch.New([A.Row(1, alert: A.Alert(4))]));

        var news = watch.New([A.Row(1, alert: A.Alert(4)), A.Row(2, alert: A.Alert(3))]);

        Assert.Equal([A.Row(2).Key], news.Select(row => row.Key));
        Assert.Empty(watch.New([A.Row(2, alert: A.Alert(3))]));
        Assert.Single(watch.New([A.Row(2, alert: A.Alert(8))]));
    }
}
