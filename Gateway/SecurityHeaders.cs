using Microsoft.AspNetCore.Http;

namespace CustomerService;

/// <summary>Headers of answers that are data: nothing in them is run, framed, sniffed or kept.</summary>
internal sealed class SecurityHeaders(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment: the error handler throws away what was set before a fault.
        context.Response.OnStarting(static response => Set((HttpResponse)response), context.Response);
        return next(context);
    }

    private static Task Set(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
