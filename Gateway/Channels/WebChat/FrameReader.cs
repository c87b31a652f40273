using System.Buffers;
using System.Net.WebSockets;

namespace CustomerService.Channels.WebChat;

/// <summary>Reads whole frames. While nothing comes it holds no buffer: it waits with an empty one.</summary>
internal static class FrameReader
{
    private const int FirstBuffer = 4096;

    /// <summary>Reads the next frame.</summary>
    /// <param name="socket">From where.</param>
    /// <param name="maxBytes">The most that is kept; of a larger frame only <see cref="ReceivedFrame.IsTooLarge"/> is known, and its rest is left unread.</param>
    public static async ValueTask<ReceivedFrame> ReadAsync(WebSocket socket, int maxBytes)
    {
        var waited = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
        if (waited.MessageType is WebSocketMessageType.Close)
            return new(WebSocketMessageType.Close, null, 0, false);

        var buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
        var length = 0;
        var isComplete = waited.EndOfMessage;
        var type = waited.MessageType;
        try
        {
            while (!isComplete && length <= maxBytes)
            {
                if (length == buffer.Length)
                    buffer = Grow(buffer);
                var part = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                (type, isComplete, length) = (part.MessageType, part.EndOfMessage, length + part.Count);
                if (type is WebSocketMessageType.Close)
                    break;
            }
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }

        return new(type, buffer, length, length > maxBytes);
    }

    private static byte[] Grow(byte[] buffer)
    {
        var larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }
}

/// <summary>A frame in a pooled buffer, which disposing gives back.</summary>
internal readonly struct ReceivedFrame(WebSocketMessageType type, byte[]? buffer, int length, bool isTooLarge) : IDisposable
{
    public WebSocketMessageType Type => type;

    public bool IsTooLarge => isTooLarge;

    public ReadOnlySpan<byte> Bytes => buffer.AsSpan(0, length);

    public void Dispose()
    {
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
    }
}
