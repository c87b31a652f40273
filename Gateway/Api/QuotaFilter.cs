using Microsoft.AspNetCore.Http;

namespace CustomerService.Api;

/// <summary>Counts requests by key and says what is left: draft-ietf-httpapi-ratelimit-headers-08, and the older <c>X-RateLimit-*</c>.</summary>
internal sealed class QuotaFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var quota = context.HttpContext.Key().Quota;
        var (isAllowed, left, seconds) = quota.Take();
        var headers = context.HttpContext.Response.Headers;
        headers["RateLimit-Policy"] = $"\"default\";q={quota.PerHour};w={(int)RequestQuota.Window.TotalSeconds}";
        headers["RateLimit"] = $"\"default\";r={left};t={seconds}";
        headers["X-RateLimit-Limit"] = quota.PerHour.ToString();
        headers["X-RateLimit-Remaining"] = left.ToString();
        headers["X-RateLimit-Reset"] = seconds.ToString();
        if (isAllowed)
            return next(context);

        headers.RetryAfter = seconds.ToString();
        return ValueTask.FromResult<object?>(Problems.Of(StatusCodes.Status429TooManyRequests, "rate.limited", $"This key has used its {quota.PerHour} requests of the hour. The next are served in {seconds} s."));
    }
}
