using CustomerService.Api;

namespace CustomerService.Channels.WebChat;

public sealed class LimitTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 5, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_bucket_allows_a_burst_and_then_the_average()
    {
        var bucket = new TokenBucket(burst: 3, perMinute: 30);

        Assert.Equal([0, 0, 0, 2], Enumerable.Range(0, 4).Select(_ => bucket.Take(Noon).TotalSeconds));
        Assert.Equal(0, bucket.Take(Noon.AddSeconds(2)).TotalSeconds);
        Assert.Equal(1, bucket.Take(Noon.AddSeconds(3)).TotalSeconds);
    }

    [Fact]
    public void A_bucket_is_full_again_when_nothing_is_missing()
    {
        var bucket = new TokenBucket(burst: 3, perMinute: 30);
        bucket.Take(Noon);

        Assert.False(bucket.IsFull(Noon.AddSeconds(1)));
        Assert.True(bucket.IsFull(Noon.AddSeconds(2)));
    }

    [Fact]
    public void A_clock_that_goes_back_gives_nothing()
    {
        var bucket = new TokenBucket(burst: 1, perMinute: 60);
        bucket.Take(Noon);

        Assert.NotEqual(TimeSpan.Zero, bucket.Take(Noon.AddHours(-1)));
        Assert.NotEqual(TimeSpan.Zero, bucket.Take(Noon));
    }

    [Fact]
    public void A_quota_starts_again_after_its_hour()
    {
        var clock = new JumpingClock();
        var quota = new RequestQuota(perHour: 2, clock);

        Assert.Equal((true, 1), Allowed(quota));
        Assert.Equal((true, 0), Allowed(quota));
        Assert.Equal((false, 0), Allowed(quota));
        clock.Jump(TimeSpan.FromHours(1));
        Assert.Equal((true, 1), Allowed(quota));
    }

    private static (bool IsAllowed, int Left) Allowed(RequestQuota quota)
    {
        var (isAllowed, left, _) = quota.Take();
        return (isAllowed, left);
    }
}
