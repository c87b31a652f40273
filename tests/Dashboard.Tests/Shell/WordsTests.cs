using CustomerService.Agents;

namespace CustomerService.Shell;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "now", "just now", "under 1 min")]
    [InlineData(59, "now", "just now", "under 1 min")]
    [InlineData(60, "1 min", "1 min ago", "1 min")]
    [InlineData(3600 * 3, "3 h", "3 h ago", "3 h")]
    [InlineData(3600 * 24 * 2, "2 d", "2 d ago", "2 d")]
    [InlineData(3600 * 24 * 9, "13 Nov", "on 13 Nov", "9 d")]
    public void Times_and_durations_are_words(int seconds, string age, string ago, string duration)
    {
        var at = A.Noon.AddSeconds(-seconds);

        Assert.Equal((age, ago, duration), (RelativeTime.Age(A.Noon, at), RelativeTime.Ago(A.Noon, at), RelativeTime.Duration(A.Noon - at)));
    }

    [Fact]
    public void Waiting_is_told_only_when_somebody_waits() =>
        Assert.Equal(("waiting 4 min", null), (RelativeTime.Waiting(A.Noon, A.Noon.AddMinutes(-4)), RelativeTime.Waiting(A.Noon, null)));

    [Fact]
    public void A_figure_below_zero_has_a_real_minus_sign() =>
        Assert.Equal(("−0.7", "0.2", "0.0"), (Words.Number(-0.7), Words.Number(0.2), Words.Number(-0.01)));

    [Theory]
    [InlineData(null, "/desk")]
    [InlineData("/desk/live", "/desk/live")]
    [InlineData("//evil.example", "/desk")]
    [InlineData("https://evil.example/desk", "/desk")]
    [InlineData("/desk//evil.example", "/desk")]
    [InlineData("/desk/\\evil.example", "/desk")]
    [InlineData("/deskevil", "/desk")]
    public void Signing_in_never_leads_to_another_site(string? from, string to) => Assert.Equal(to, LocalPath.Of(from));
}
