namespace CustomerService.Channels.WebChat;

/// <summary>What the web chat refuses by itself; section 6 of the protocol.</summary>
internal static class ChatRefusals
{
    public static readonly Refusal TokenInvalid = new(RefusalKind.Unauthenticated, "token.invalid", "This is not a token of this inbox; make a new session.");
    public static readonly Refusal TokenExpired = new(RefusalKind.Unauthenticated, "token.expired", "The token has ended; make a new session.");
    public static readonly Refusal HelloExpected = new(RefusalKind.Invalid, "protocol.hello_expected", "The first frame has to be hello, and has to come soon.");
    public static readonly Refusal Version = new(RefusalKind.Invalid, "protocol.version", "This version of the protocol is not spoken here.");
    public static readonly Refusal FrameTooLarge = new(RefusalKind.Invalid, "frame.too_large", "The frame is larger than limits.frameBytes.");
    public static readonly Refusal FrameNotJson = new(RefusalKind.Invalid, "frame.invalid_json", "The frame is not a JSON object, or a field has the wrong type.");
    public static readonly Refusal FrameNotText = new(RefusalKind.Invalid, "frame.not_text", "Frames are text, not binary.");
    public static readonly Refusal FrameUnknown = new(RefusalKind.Invalid, "frame.unknown_type", "There is no frame of this type.");
    public static readonly Refusal FrameInvalid = new(RefusalKind.Invalid, "frame.invalid", "A field that this type needs is missing.");
    public static readonly Refusal NoConversation = new(RefusalKind.NotFound, "conversation.not_found", "There is no conversation before the first message.");
    public static readonly Refusal TooManySockets = new(RefusalKind.TooMany, "sockets.too_many", "This visitor has too many connections open.");
    public static readonly Refusal Unavailable = new(RefusalKind.Unavailable, "unavailable", "A part of the server did not answer; try again with the same id.");
    public static readonly Refusal OriginNotAllowed = new(RefusalKind.Forbidden, "origin.not_allowed", "The inbox does not allow this page's origin: add it to Inboxes:<inbox>:Origins.");
    public static readonly Refusal InboxNotFound = new(RefusalKind.NotFound, "inbox.not_found", "There is no such inbox.");
    public static readonly Refusal IdentityInvalid = new(RefusalKind.Unauthenticated, "identity.invalid", "The identity token is not signed with the inbox's secret, or lacks a claim.");
    public static readonly Refusal IdentityExpired = new(RefusalKind.Unauthenticated, "identity.expired", "The identity token has ended, or is valid for more than 5 minutes.");
    public static readonly Refusal IdentityReplayed = new(RefusalKind.Unauthenticated, "identity.replayed", "The identity token was used before; make one for each session.");
    public static readonly Refusal IdentityRequired = new(RefusalKind.Unauthenticated, "identity.required", "The inbox takes only contacts with an identity token.");

    public static Refusal RateLimited(int seconds) => new(RefusalKind.TooMany, "rate.limited", $"Too much at once. Wait {seconds} s and send it again.");
}
