using System.Buffers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace CustomerService;

/// <summary>One socket of the chat protocol (docs/protocol/chat-v1.md): frames out as they are given, frames in as two streams, entries and all others.</summary>
public sealed class ChatConnection : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly ClientWebSocket _socket = new();
    private readonly Channel<JsonObject> _frames = Channel.CreateUnbounded<JsonObject>();
    private readonly Channel<JsonObject> _entries = Channel.CreateUnbounded<JsonObject>();
    private Task _reading = Task.CompletedTask;

    private ChatConnection()
    {
    }

    /// <summary>The conversation of the newest entries.</summary>
    public string? Conversation { get; private set; }

    /// <summary>Up to where entries were seen.</summary>
    public long Position { get; private set; }

    /// <summary>Opens a socket; says nothing yet.</summary>
    public static async Task<ChatConnection> OpenAsync(Uri server, string inbox = "web", string? origin = null)
    {
        var connection = new ChatConnection();
        if (origin is not null)
            connection._socket.Options.SetRequestHeader("Origin", origin);
        var address = new UriBuilder(server) { Scheme = server.Scheme == "https" ? "wss" : "ws", Path = "/chat/v1/socket", Query = $"inbox={inbox}" };
        using var patience = new CancellationTokenSource(Patience);
        await connection._socket.ConnectAsync(address.Uri, patience.Token);
        connection._reading = connection.ReadAsync();
        return connection;
    }

    public Task SendAsync(JsonNode frame) => SendTextAsync(frame.ToJsonString());

    public Task SendTextAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).AsTask();

    public Task SendBinaryAsync(byte[] bytes) => _socket.SendAsync(bytes.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None).AsTask();

    /// <summary>The next frame that does not hold entries.</summary>
    public Task<JsonObject> FrameAsync() => NextAsync(_frames.Reader);

    /// <summary>The next entry, with the <c>conversation</c> it belongs to.</summary>
    public Task<JsonObject> EntryAsync() => NextAsync(_entries.Reader);

    /// <summary>All entries until the connection ends.</summary>
    public IAsyncEnumerable<JsonObject> EntriesAsync() => _entries.Reader.ReadAllAsync();

    /// <summary>Waits until the server has closed.</summary>
    /// <returns>The close code; null when the connection broke.</returns>
    public async Task<int?> ClosedAsync()
    {
        await _reading.WaitAsync(Patience);
        return (int?)_socket.CloseStatus;
    }

    /// <summary>Breaks the connection, as a network does: without a close frame.</summary>
    public void Drop() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        try
        {
            if (_socket.State is WebSocketState.Open)
            {
                using var patience = new CancellationTokenSource(Patience);
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, patience.Token);
                await _reading.WaitAsync(Patience);
            }
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or TimeoutException)
        {
            _socket.Abort();
        }

        _socket.Dispose();
    }

    private static async Task<JsonObject> NextAsync(ChannelReader<JsonObject> reader)
    {
        using var patience = new CancellationTokenSource(Patience);
        return await reader.ReadAsync(patience.Token);
    }

    private async Task ReadAsync()
    {
        var buffer = new ArrayBufferWriter<byte>(4096);
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.GetMemory(4096), CancellationToken.None);
                if (part.MessageType is WebSocketMessageType.Close)
                    break;
                buffer.Advance(part.Count);
                if (!part.EndOfMessage)
                    continue;
                Take(JsonSerializer.Deserialize<JsonObject>(buffer.WrittenSpan)!);
                buffer.ResetWrittenCount();
            }

            if (_socket.State is WebSocketState.CloseReceived)
                await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        }
        catch (Exception fault) when (fault is WebSocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Broken: the streams end.
        }

        _frames.Writer.Complete();
        _entries.Writer.Complete();
    }

    private void Take(JsonObject frame)
    {
        if (frame["type"]!.GetValue<string>() != "entries")
        {
            _frames.Writer.TryWrite(frame);
            return;
        }

        Conversation = frame["conversation"]!.GetValue<string>();
        Position = frame["upTo"]!.GetValue<long>();
        foreach (var entry in frame["entries"]!.AsArray())
        {
            var seen = entry!.DeepClone().AsObject();
            seen["conversation"] = Conversation;
            _entries.Writer.TryWrite(seen);
        }
    }
}
