using CustomerService.Agents;
using CustomerService.Answers;
using CustomerService.Nlu;
using CustomerService.Routing;
using CustomerService.Shell;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CustomerService;

/// <summary>Registers the dashboard: the desk of agents and supervisors.</summary>
public static class DashboardServices
{
    /// <summary>Adds the desk's services; configuration section <c>Dashboard</c>.</summary>
    /// <param name="services">The host's services. The engine, or its client, gives the grain factory.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddDashboard(this IServiceCollection services)
    {
        services.AddOptions<DashboardOptions>().BindConfiguration("Dashboard").ValidateOnStart();
        services.AddSingleton<IValidateOptions<DashboardOptions>, DashboardOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);

        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddCascadingAuthenticationState();
        services.AddScoped<AuthenticationStateProvider, AgentAuthenticationState>();
        services.AddAuthentication(DeskPolicies.Scheme).AddCookie(DeskPolicies.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(DeskPolicies.Scheme).Configure<IOptions<DashboardOptions>>(SetUpCookie);
        DeskPolicies.Add(services.AddAuthorizationBuilder());

        services.AddScoped<QueueFeed>().AddScoped<Toasts>().AddScoped<Announcer>().AddScoped<IntentDesk>().AddScoped<EntityDesk>();
        services.AddHostedService<FirstRun>();
        return services;
    }

    /// <summary>Serves the desk at <c>/desk</c> with its assets.</summary>
    /// <remarks>Calls <c>UseAntiforgery</c> and <c>MapStaticAssets</c>: the host does neither.</remarks>
    /// <param name="app">The host.</param>
    /// <returns>The same host.</returns>
    public static WebApplication MapDashboard(this WebApplication app)
    {
        app.UseWhen(context => context.Request.Path.StartsWithSegments("/desk", StringComparison.OrdinalIgnoreCase), desk => desk.Use(SetHeaders));
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapPost("/desk/sign-out", SignOutAsync).RequireAuthorization(DeskPolicies.SignedIn);
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = null);
        return app;
    }

    private static void SetUpCookie(CookieAuthenticationOptions cookie, IOptions<DashboardOptions> options)
    {
        cookie.Cookie.Name = "desk";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = options.Value.SessionLength;
        cookie.SlidingExpiration = true;
        cookie.LoginPath = "/desk/sign-in";
        cookie.ReturnUrlParameter = "from";
        cookie.Events.OnValidatePrincipal = AgentSession.ValidateAsync;
        cookie.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.Redirect(AgentSession.Read(context.HttpContext.User) is { MustChangePassword: true } ? "/desk/password" : "/desk/denied");
            return Task.CompletedTask;
        };
    }

    // Only what the desk itself serves: no inline script or style, no other host, no frame around it.
    private static Task SetHeaders(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
            "form-action 'self'; base-uri 'self'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        return next(context);
    }

    private static async Task<IResult> SignOutAsync(HttpContext context, Microsoft.AspNetCore.Antiforgery.IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return TypedResults.BadRequest("This page is too old. Reload it and sign out again.");

        await context.SignOutAsync(DeskPolicies.Scheme);
        return TypedResults.Redirect("/desk/sign-in");
    }
}
