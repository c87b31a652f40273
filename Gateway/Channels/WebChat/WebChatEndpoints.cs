using CustomerService.Inboxes;
using CustomerService.Knowledge;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerService.Channels.WebChat;

/// <summary>The three addresses of the web chat; <c>docs/protocol/chat-v1.md</c>.</summary>
internal static class WebChatEndpoints
{
    /// <summary>The most bytes of a session request.</summary>
    private const int MaxRequestBytes = 8 * 1024;

    public static RouteGroupBuilder MapWebChat(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/chat/v1").ExcludeFromDescription().RequireCors(WebChatCors.Policy);
        group.MapPost("/sessions", StartSessionAsync).WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(MaxRequestBytes));
        group.MapGet("/socket", OpenSocketAsync);
        group.MapGet("/articles/{article}", GetArticleAsync);
        return group;
    }

    private static async Task<Results<Ok<SessionStarted>, ProblemHttpResult>> StartSessionAsync(
        SessionRequest request, HttpContext context, ChatSessions sessions)
    {
        var (started, refusal) = await sessions.StartAsync(request, context.Request);
        return refusal is null ? TypedResults.Ok(started) : Problems.From(refusal);
    }

    private static async Task<Results<EmptyHttpResult, ProblemHttpResult>> OpenSocketAsync(
        HttpContext context, string? inbox, IOptions<InboxesOptions> inboxes, Origins origins, ChatServices services, ChatSockets sockets)
    {
        if (inboxes.Value.Find(inbox) is not { Kind: ChannelKind.WebChat } settings)
            return Problems.From(ChatRefusals.InboxNotFound);
        if (!origins.Allows(settings, context.Request))
            return Problems.From(ChatRefusals.OriginNotAllowed);
        if (!context.WebSockets.IsWebSocketRequest)
            return Problems.Of(StatusCodes.Status426UpgradeRequired, "request.not_websocket", "This address opens a WebSocket.");
        if (sockets.IsFull)
            return Problems.Of(StatusCodes.Status503ServiceUnavailable, "sockets.full", "This server has as many connections as it takes.");

        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        await sockets.RunAsync(new ChatSocket(socket, InboxId.Parse(inbox!), services));
        return TypedResults.Empty;
    }

    private static async Task<Results<Ok<ChatArticle>, ProblemHttpResult>> GetArticleAsync(
        string article, string? version, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        if (!ArticleId.TryParse(article, null, out var id))
            return Problems.Of(StatusCodes.Status404NotFound, "article.not_found", "There is no such article.");

        var (found, refusal) = await grains.GetGrain<IKnowledgeGrain>(tenancy.Value.Tenant).GetArticleAsync(id, version, Audience.Public, cancellationToken);
        return refusal is null
            ? TypedResults.Ok(new ChatArticle(found!.Id.Value, found.Version, found.Title, found.Language, found.UpdatedAt, found.Html))
            : Problems.From(refusal);
    }
}

/// <summary>An article as a contact reads it.</summary>
internal sealed record ChatArticle(string Id, string Version, string Title, string Language, DateTimeOffset UpdatedAt, string Html);
