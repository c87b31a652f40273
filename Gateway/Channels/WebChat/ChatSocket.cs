using System.Net.WebSockets;
using CustomerService.Inboxes;

namespace CustomerService.Channels.WebChat;

/// <summary>One open socket: reads the client's frames one after another, and delivers the conversation's entries from the position that the client has.</summary>
internal sealed partial class ChatSocket(WebSocket socket, InboxId inbox, ChatServices services)
{
    private readonly SemaphoreSlim _sending = new(1);
    private long _sendingSince;
    private long _closeBy = long.MaxValue;
    private long _refreshAt = (services.Time.GetUtcNow() + services.Options.HelloTime).UtcTicks;
    private ChatSession? _session;
    private Visitor? _visitor;
    private int _refusals;
    private int _isEnding;

    /// <summary>Serves the socket until it is closed.</summary>
    public async Task RunAsync()
    {
        try
        {
            while (await ReceiveAsync()) { }
            if (socket.State is WebSocketState.CloseReceived)
                await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The other side is gone, or the socket was cut off: there is nobody left to tell.
        }
        finally
        {
            _visitor?.Leave(this);
            StopDelivery();
        }
    }

    /// <summary>Tells why, then closes. What the client still sends is thrown away until it closes too, so that it can read the reason.</summary>
    public async Task EndAsync(int code, Refusal? refusal, string? id = null, ErrorFrame? frame = null)
    {
        if (Interlocked.Exchange(ref _isEnding, 1) == 1)
            return;

        Volatile.Write(ref _closeBy, (services.Time.GetUtcNow() + services.Options.SlowClientTime).UtcTicks);
        try
        {
            if ((frame ?? (refusal is null ? null : ErrorFrame.Of(refusal, id))) is { } reason)
                await SendAsync(reason);
            await _sending.WaitAsync();
            try
            {
                if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                    await socket.CloseOutputAsync((WebSocketCloseStatus)code, refusal?.Code, CancellationToken.None);
            }
            finally
            {
                _sending.Release();
            }
        }
        catch (Exception fault) when (fault is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // As above.
        }
    }

    /// <summary>What is due by the clock; called about once a second.</summary>
    public void Tick(DateTimeOffset now)
    {
        var since = Volatile.Read(ref _sendingSince);
        var isSlow = since != 0 && now.UtcTicks - since > services.Options.SlowClientTime.Ticks;
        if (isSlow || now.UtcTicks > Volatile.Read(ref _closeBy))
        {
            services.LogCutOff(_session?.Channel.ToString(), isSlow ? "slow" : "not closing");
            socket.Abort();
        }
        else if (_session is { } session && session.ExpiresAt <= now)
            _ = EndAsync(ChatClose.Token, ChatRefusals.TokenExpired);
        else if (now.UtcTicks >= Volatile.Read(ref _refreshAt))
        {
            Volatile.Write(ref _refreshAt, (now + services.Options.RefreshInterval).UtcTicks);
            if (_session is null)
                _ = EndAsync(ChatClose.Protocol, ChatRefusals.HelloExpected);
            else
                _ = RefreshAsync();
        }
    }

    private async Task<bool> ReceiveAsync()
    {
        using var received = await FrameReader.ReadAsync(socket, services.Options.FrameBytes);
        if (received.Type is WebSocketMessageType.Close)
            return false;
        if (Volatile.Read(ref _isEnding) == 1)
            return true;

        if (received.IsTooLarge)
            await EndAsync((int)WebSocketCloseStatus.MessageTooBig, ChatRefusals.FrameTooLarge);
        else if (received.Type is WebSocketMessageType.Binary)
            await RefuseAsync(ChatRefusals.FrameNotText);
        else if (ChatJson.Read(received.Bytes) is { } frame)
            await HandleAsync(frame);
        else
            await RefuseAsync(ChatRefusals.FrameNotJson);
        return true;
    }

    /// <summary>Refuses a frame; the first one has to be right.</summary>
    private Task RefuseAsync(Refusal refusal, string? id = null) =>
        _session is null ? EndAsync(ChatClose.Protocol, refusal, id) : SendAsync(ErrorFrame.Of(refusal, id));

    private async Task SendAsync(ServerFrame frame)
    {
        var bytes = ChatJson.Write(frame);
        await _sending.WaitAsync();
        try
        {
            Volatile.Write(ref _sendingSince, services.Time.GetUtcNow().UtcTicks);
            if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived)
                await socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            Volatile.Write(ref _sendingSince, 0);
            _sending.Release();
        }
    }
}

/// <summary>Close codes of our own; section 7 of the protocol.</summary>
internal static class ChatClose
{
    public const int Restart = 1012;
    public const int TryLater = 1013;
    public const int Protocol = 4400;
    public const int Token = 4401;
    public const int TooMuch = 4429;
}
