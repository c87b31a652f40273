using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Inboxes;

namespace CustomerService.Channels.WebChat;

/// <content>What each frame of the client does; section 3 of the protocol.</content>
internal sealed partial class ChatSocket
{
    private const int Version = 1;

    private async Task HandleAsync(ClientFrame frame)
    {
        try
        {
            if (_session is not null && await IsOverLimitAsync(frame))
                return;

            await (frame.Type switch
            {
                _ when _session is null => GreetAsync(frame),
                "send" => PostAsync(frame),
                "typing" => TypeAsync(frame),
                "read" => MarkReadAsync(frame),
                "requestPerson" => RequestPersonAsync(frame),
                "renew" => RenewAsync(),
                "ping" => SendAsync(new PongFrame(services.Time.GetUtcNow())),
                _ => RefuseAsync(ChatRefusals.FrameUnknown, frame.Id),
            });
        }
        // A grain that failed or was late: the client repeats, and the id keeps the repeat from counting twice.
        catch (Exception fault) when (fault is not (System.Net.WebSockets.WebSocketException or IOException or OperationCanceledException or ObjectDisposedException))
        {
            services.LogFrameFailed(fault, _session?.Channel.ToString());
            await (_session is null ? EndAsync(ChatClose.TryLater, ChatRefusals.Unavailable) : RefuseAsync(ChatRefusals.Unavailable, frame.Id));
        }
    }

    private async Task GreetAsync(ClientFrame hello)
    {
        if (hello is not { Type: "hello", Token: { } token })
            await EndAsync(ChatClose.Protocol, ChatRefusals.HelloExpected);
        else if (hello.V != Version)
            await EndAsync(ChatClose.Protocol, ChatRefusals.Version, frame: ErrorFrame.Of(ChatRefusals.Version) with { Supported = [Version] });
        else
            await WelcomeAsync(await services.Tokens.ReadAsync(token, inbox), hello);
    }

    private async Task WelcomeAsync(Result<ChatSession> read, ClientFrame hello)
    {
        if (read is not { Value: { } session })
        {
            await EndAsync(ChatClose.Token, read.Refusal);
            return;
        }

        _visitor = services.Visitors.Join(session.Channel, this);
        if (_visitor is null)
        {
            await EndAsync(ChatClose.TooMuch, ChatRefusals.TooManySockets);
            return;
        }

        var current = await services.Channel(session.Channel).GetCurrentAsync();
        var view = current is { } key ? (await services.Conversation(key).GetAsync()).Value : null;
        await SendAsync(new WelcomeFrame(
            Version, view?.Row.Key.Id.ToString("N"), view?.Row.LastSequence ?? 0,
            view is null ? null : ChatEntry.Name(view.Row.Status),
            view is null ? ChatPerson.Assistant : ChatPerson.From(view.Row.Baton),
            services.Limits, session.ExpiresAt));
        Volatile.Write(ref _refreshAt, (services.Time.GetUtcNow() + services.Options.RefreshInterval).UtcTicks);
        if (view is not null)
            Begin(view.Row.Key, hello.Conversation == view.Row.Key.Id.ToString("N") ? Math.Max(0, hello.After ?? 0) : 0);
        _session = session;
        Wake();
    }

    private async Task PostAsync(ClientFrame frame)
    {
        if (frame is not { Id: { } id, Text: { } text })
        {
            await RefuseAsync(ChatRefusals.FrameInvalid, frame.Id);
            return;
        }

        var (posted, refusal) = await services.Channel(_session!.Channel).PostAsync(new IncomingMessage(ChannelKind.WebChat, id, text, _session.Name, _session.IsVerified, _session.TimeZone));
        if (refusal is not null)
        {
            await RefuseAsync(refusal, id);
            return;
        }

        await SendAsync(new AckFrame(id, posted!.Conversation.Id.ToString("N"), posted.Sequence, posted.At, posted.IsRepeat));
        if (!posted.IsRepeat || Following is null)
            _visitor!.Follow(posted.Conversation);
    }

    private Task TypeAsync(ClientFrame frame)
    {
        if (frame.On is not { } on)
            return RefuseAsync(ChatRefusals.FrameInvalid, frame.Id);

        return Following is { } conversation
            ? services.Conversation(conversation).TypingAsync(new Author(AuthorKind.Contact, Name: _session!.Name), on)
            : Task.CompletedTask;
    }

    private async Task MarkReadAsync(ClientFrame frame)
    {
        if (frame.UpTo is not { } upTo)
            await RefuseAsync(ChatRefusals.FrameInvalid, frame.Id);
        else if (Following is not { } conversation)
            await RefuseAsync(ChatRefusals.NoConversation, frame.Id);
        else if (await services.Conversation(conversation).MarkReadAsync(AuthorKind.Contact, upTo) is { Refusal: { } refusal })
            await RefuseAsync(refusal, frame.Id);
    }

    private async Task RequestPersonAsync(ClientFrame frame)
    {
        if (frame.Id is not { } id)
            await RefuseAsync(ChatRefusals.FrameInvalid);
        else if (Following is not { } conversation)
            await RefuseAsync(ChatRefusals.NoConversation, id);
        else if (await services.Conversation(conversation).RequestPersonAsync() is { Refusal: { } refusal })
            await RefuseAsync(refusal, id);
        else
            await SendAsync(new AckFrame(id));
    }

    private async Task RenewAsync()
    {
        if (_session!.IsVerified && services.Time.GetUtcNow() - _session.SignedInAt > services.Options.IdentityTime)
        {
            await EndAsync(ChatClose.Token, ChatRefusals.TokenExpired);
            return;
        }

        var (token, expiresAt) = services.Tokens.Issue(_session);
        _session = _session with { ExpiresAt = expiresAt };
        await SendAsync(new TokenFrame(token, expiresAt));
    }

    private async Task<bool> IsOverLimitAsync(ClientFrame frame)
    {
        var now = services.Time.GetUtcNow();
        var wait = _visitor!.Frames.Take(now);
        if (wait == TimeSpan.Zero && frame.Type is "send")
            wait = _visitor.Messages.Take(now);
        if (wait == TimeSpan.Zero)
        {
            _refusals = 0;
            return false;
        }

        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        var error = ErrorFrame.Of(ChatRefusals.RateLimited(seconds), frame.Id, seconds);
        if (++_refusals < services.Options.MaxRefusals)
            await SendAsync(error);
        else
            await EndAsync(ChatClose.TooMuch, ChatRefusals.RateLimited(seconds), frame: error);
        return true;
    }
}
