using CustomerService.Api;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerService.Conversations;

internal static class ConversationEndpoints
{
    private const int MaxPage = 200;
    private const int DefaultPage = 50;

    public static void MapConversations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/conversations").WithTags("Conversations").ProducesProblem(StatusCodes.Status404NotFound);
        group.MapGet("/", ListAsync).CanRead().WithName("listConversations").WithSummary("List live conversations, newest activity first")
            .WithDescription("Resolved conversations are not listed; read them by id.").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapGet("/{conversation:guid}", GetAsync).CanRead().WithName("getConversation").WithSummary("Read a conversation");
        group.MapGet("/{conversation:guid}/messages", ReadAsync).CanRead().WithName("readConversation").WithSummary("Read a conversation's journal: messages, notes, batons, alerts")
            .ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("/{conversation:guid}/messages", ReplyAsync).CanWrite().WithName("replyToConversation").WithSummary("Reply to the contact; take the conversation first")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{conversation:guid}/notes", AddNoteAsync).CanWrite().WithName("addNote").WithSummary("Add a note that only agents see").ProducesProblem(StatusCodes.Status400BadRequest);
        group.MapPost("/{conversation:guid}/take", TakeAsync).CanWrite().WithName("takeConversation").WithSummary("Take the baton").ProducesProblem(StatusCodes.Status403Forbidden);
        group.MapPost("/{conversation:guid}/hand-back", HandBackAsync).CanWrite().WithName("handBackConversation").WithSummary("Give the baton back to the assistant").ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{conversation:guid}/resolve", ResolveAsync).CanWrite().WithName("resolveConversation").WithSummary("Mark as done").ProducesProblem(StatusCodes.Status409Conflict);
        group.MapPost("/{conversation:guid}/reopen", ReopenAsync).CanWrite().WithName("reopenConversation").WithSummary("Undo resolve").ProducesProblem(StatusCodes.Status409Conflict);
    }

    private static async Task<Results<Ok<ConversationPage>, ProblemHttpResult>> ListAsync(
        ConversationList list, CancellationToken cancellationToken,
        string? status = null, string? holder = null, [FromQuery(Name = "page[after]")] string? after = null, [FromQuery(Name = "page[size]")] int size = DefaultPage)
    {
        if (size is < 1 or > MaxPage)
            return Problems.Invalid("page[size]", $"1 to {MaxPage}.");
        if (!ApiJson.TryRead(status, out ConversationStatus? onlyStatus))
            return Problems.Invalid("status", $"one of {ApiJson.Names<ConversationStatus>()}.");
        if (!ApiJson.TryRead(holder, out BatonHolder? onlyHolder))
            return Problems.Invalid("holder", $"one of {ApiJson.Names<BatonHolder>()}.");
        if (!ConversationCursor.TryParse(after, out var cursor))
            return Problems.Invalid("page[after]", "is not a cursor of this list.");

        return TypedResults.Ok(await list.PageAsync(row => (onlyStatus is null || row.Status == onlyStatus) && (onlyHolder is null || row.Baton.Holder == onlyHolder), cursor, size, cancellationToken));
    }

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> GetAsync(Guid conversation, Conversations conversations, CancellationToken cancellationToken) =>
        Answer(await conversations.Grain(conversation).GetAsync(cancellationToken));

    private static async Task<Results<Ok<EntryPage>, ProblemHttpResult>> ReadAsync(
        Guid conversation, Conversations conversations, CancellationToken cancellationToken, long after = 0, int limit = DefaultPage)
    {
        if (limit is < 1 or > MaxPage)
            return Problems.Invalid("limit", $"1 to {MaxPage}.");
        if (after < 0)
            return Problems.Invalid("after", "0 or more.");

        var page = await conversations.Grain(conversation).ReadAsync(after, limit, cancellationToken);
        return page.LastSequence == 0 ? Problems.Of(StatusCodes.Status404NotFound, "conversation.not_found", "There is no such conversation.") : TypedResults.Ok(page);
    }

    private static async Task<Results<Ok<Posted>, ProblemHttpResult>> ReplyAsync(
        Guid conversation, TextRequest request, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey, HttpContext context, Conversations conversations, CancellationToken cancellationToken) =>
        request.Text is { } text
            ? Answer(await conversations.Grain(conversation).ReplyAsync(context.Key().Agent, text, request.Id ?? idempotencyKey ?? Guid.NewGuid().ToString("N"), cancellationToken))
            : Problems.Invalid("text", "is needed.");

    private static async Task<Results<Ok<Posted>, ProblemHttpResult>> AddNoteAsync(
        Guid conversation, NoteRequest request, HttpContext context, Conversations conversations, CancellationToken cancellationToken) =>
        request.Text is { } text ? Answer(await conversations.Grain(conversation).AddNoteAsync(context.Key().Agent, text, cancellationToken)) : Problems.Invalid("text", "is needed.");

    private static async Task<Results<Ok<Baton>, ProblemHttpResult>> TakeAsync(Guid conversation, HttpContext context, Conversations conversations, CancellationToken cancellationToken) =>
        Answer(await conversations.Grain(conversation).TakeAsync(context.Key().Agent, cancellationToken));

    private static async Task<Results<Ok<Baton>, ProblemHttpResult>> HandBackAsync(Guid conversation, HttpContext context, Conversations conversations, CancellationToken cancellationToken) =>
        Answer(await conversations.Grain(conversation).HandBackAsync(context.Key().Agent, cancellationToken));

    private static async Task<Results<Ok<StatusAnswer>, ProblemHttpResult>> ResolveAsync(Guid conversation, HttpContext context, Conversations conversations, CancellationToken cancellationToken) =>
        Answer(await conversations.Grain(conversation).ResolveAsync(context.Key().Agent, cancellationToken));

    private static async Task<Results<Ok<StatusAnswer>, ProblemHttpResult>> ReopenAsync(Guid conversation, HttpContext context, Conversations conversations, CancellationToken cancellationToken) =>
        Answer(await conversations.Grain(conversation).ReopenAsync(context.Key().Agent, cancellationToken));

    private static Results<Ok<T>, ProblemHttpResult> Answer<T>(Result<T> result) => result.Refusal is { } refusal ? Problems.From(refusal) : TypedResults.Ok(result.Value!);

    private static Results<Ok<StatusAnswer>, ProblemHttpResult> Answer(Result<ConversationStatus> result) =>
        result.Refusal is { } refusal ? Problems.From(refusal) : TypedResults.Ok(new StatusAnswer(result.Value));
}

/// <summary>An agent's message.</summary>
/// <param name="Text">The text, 1 to 10,000 characters.</param>
/// <param name="Id">An id of yours, 1 to 128 characters: a repeat changes nothing. Left out: the Idempotency-Key, or a new one.</param>
internal sealed record TextRequest(string? Text, string? Id = null) : IIdempotentRequest;

/// <summary>A note.</summary>
/// <param name="Text">The text, 1 to 10,000 characters.</param>
internal sealed record NoteRequest(string? Text) : IIdempotentRequest;

/// <summary>Where the conversation stands now.</summary>
internal sealed record StatusAnswer(ConversationStatus Status);

/// <summary>The tenant's conversations.</summary>
internal sealed class Conversations(IGrainFactory grains, IOptions<TenancyOptions> tenancy)
{
    public IConversationGrain Grain(Guid id) => grains.GetGrain<IConversationGrain>(new ConversationKey(tenancy.Value.TenantId, id).ToString());
}
