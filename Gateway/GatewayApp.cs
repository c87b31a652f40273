using System.Diagnostics;
using CustomerService.Api;
using CustomerService.Channels.WebChat;
using CustomerService.Clients;
using CustomerService.Conversations;
using CustomerService.Health;
using CustomerService.Inboxes;
using CustomerService.Knowledge;
using CustomerService.Nlu;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerService;

/// <summary>Maps the doors of the platform.</summary>
public static partial class GatewayApp
{
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(30);

    /// <summary>Maps <c>/chat</c>, <c>/v1</c>, <c>/openapi</c>, <c>/docs</c>, <c>/health</c>, <c>/widget.js</c> and <c>/shop</c>.</summary>
    /// <param name="app">The host's application.</param>
    /// <returns>The same.</returns>
    public static WebApplication MapGateway(this WebApplication app)
    {
        // Keys are read or made now: a key that cannot be used stops the start.
        app.Services.GetRequiredService<ApiKeys>();
        app.Services.GetRequiredService<ChatSessions>();
        app.UseWhen(context => Paths.IsOurs(context.Request.Path), ours => ours.UseProblems());
        app.UseCors();
        app.UseWebSockets(new WebSocketOptions { KeepAliveInterval = KeepAlive, KeepAliveTimeout = KeepAlive });
        app.MapWebChat();
        app.MapApi();
        app.MapApiDescription();
        app.MapGatewayHealth();
        app.MapClients();
        return app;
    }

    private static void MapApi(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").AddEndpointFilter<QuotaFilter>().AddEndpointFilter<IdempotencyFilter>()
            .ProducesProblem(StatusCodes.Status401Unauthorized).ProducesProblem(StatusCodes.Status403Forbidden).ProducesProblem(StatusCodes.Status429TooManyRequests);
        group.MapConversations();
        group.MapInboxes();
        group.MapKnowledge();
        group.MapNlu();
        group.MapIntents();
        group.MapEntities();
        group.MapModels();
    }

    /// <summary>Every error that leaves by our doors is a problem, also those of the framework.</summary>
    private static IApplicationBuilder UseProblems(this IApplicationBuilder app) => app
        .UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = FailAsync,
            SuppressDiagnosticsCallback = context => context.Exception is BadHttpRequestException,
        })
        .UseStatusCodePages(context => Problems.WriteAsync(context.HttpContext, Problems.FromStatus(context.HttpContext.Response.StatusCode)));

    private static Task FailAsync(HttpContext context)
    {
        var problem = Problems.From(context.Features.Get<IExceptionHandlerFeature>()?.Error);
        if (problem.StatusCode >= StatusCodes.Status500InternalServerError)
            LogFailed(context.RequestServices.GetRequiredService<ILogger<GatewayOptions>>(), problem.StatusCode, Activity.Current?.TraceId.ToHexString());
        return Problems.WriteAsync(context, problem);
    }

    [LoggerMessage(LogLevel.Error, "Answered with {Status}; the caller was given the trace id {TraceId}")]
    private static partial void LogFailed(ILogger logger, int status, string? traceId);
}

/// <summary>The addresses that belong to the Gateway.</summary>
internal static class Paths
{
    private static readonly ImmutableArray<PathString> Roots = ["/v1", "/chat", "/openapi", "/health"];

    public static bool IsOurs(PathString path) => Roots.Any(root => path.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase));
}
