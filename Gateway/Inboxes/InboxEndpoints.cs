using CustomerService.Api;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerService.Inboxes;

internal static class InboxEndpoints
{
    public static void MapInboxes(this IEndpointRouteBuilder routes) =>
        routes.MapGroup("/inboxes").WithTags("Inboxes").MapPost("/{inbox}/messages", PostMessageAsync).CanWrite()
            .WithName("postContactMessage").WithSummary("Post a contact's message")
            .WithDescription("Finds or opens the contact's conversation. A repeat with the same id changes nothing.")
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<Results<Created<Posted>, Ok<Posted>, ProblemHttpResult>> PostMessageAsync(
        string inbox, ContactMessageRequest request, [FromHeader(Name = "Idempotency-Key")] string? idempotencyKey,
        IGrainFactory grains, IOptions<InboxesOptions> inboxes, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        if (inboxes.Value.Find(inbox) is null)
            return Problems.Of(StatusCodes.Status404NotFound, "inbox.not_found", "There is no such inbox.");
        if (request.Address is not { Length: > 0 and <= ContactChannelKey.MaxAddressLength } address || address.Any(char.IsControl))
            return Problems.Invalid("address", $"1 to {ContactChannelKey.MaxAddressLength} characters on one line.");
        if (request.Text is not { } text)
            return Problems.Invalid("text", "is needed.");

        var id = request.Id ?? idempotencyKey ?? Guid.NewGuid().ToString("N");
        var channel = new ContactChannelKey(tenancy.Value.TenantId, InboxId.Parse(inbox), address);
        var (posted, refusal) = await grains.GetGrain<IContactChannelGrain>(channel.ToString())
            .PostAsync(new IncomingMessage(ChannelKind.Api, id, text, request.Name, request.Verified), cancellationToken);
        if (refusal is not null)
            return Problems.From(refusal);

        return posted!.IsRepeat ? TypedResults.Ok(posted) : TypedResults.Created($"/v1/conversations/{posted.Conversation.Id:N}", posted);
    }
}

/// <summary>A contact's message.</summary>
/// <param name="Address">Who writes: an email address, a phone number, an id of yours. 1 to 254 characters.</param>
/// <param name="Text">The text, 1 to 10,000 characters.</param>
/// <param name="Id">An id of yours, 1 to 128 characters: a repeat changes nothing. Left out: the Idempotency-Key, or a new one.</param>
/// <param name="Name">The contact's name, when known.</param>
/// <param name="Verified">True when you know that the contact is who the address says.</param>
internal sealed record ContactMessageRequest(string? Address, string? Text, string? Id = null, string? Name = null, bool Verified = false) : IIdempotentRequest;
