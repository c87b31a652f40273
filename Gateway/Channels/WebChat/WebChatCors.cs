using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CustomerService.Channels.WebChat;

/// <summary>Lets the pages that an inbox allows call the chat from another origin. Articles are for everybody and take any.</summary>
internal sealed class WebChatCors(Origins origins, IOptions<CorsOptions> others) : ICorsPolicyProvider
{
    public const string Policy = "web-chat";

    public Task<CorsPolicy?> GetPolicyAsync(HttpContext context, string? policyName)
    {
        if (policyName != Policy)
            return new DefaultCorsPolicyProvider(others).GetPolicyAsync(context, policyName);

        var policy = new CorsPolicyBuilder().WithMethods("GET", "POST").WithHeaders("Content-Type").WithExposedHeaders("Retry-After").SetPreflightMaxAge(TimeSpan.FromHours(1));
        var isOpen = context.Request.Path.StartsWithSegments("/chat/v1/articles", StringComparison.OrdinalIgnoreCase) || context.Request.Path.StartsWithSegments("/widget.js", StringComparison.OrdinalIgnoreCase);
        policy = isOpen ? policy.AllowAnyOrigin() : policy.SetIsOriginAllowed(origin => origins.AnyAllows(origin, context.Request));
        return Task.FromResult<CorsPolicy?>(policy.Build());
    }
}
