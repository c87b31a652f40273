using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CustomerService;

/// <summary>Load on a running server, by the protocol. Its limits of sessions and messages have to be raised first (<c>Gateway:WebChat</c>).</summary>
public static class ChatLoad
{
    /// <summary>Sends messages at a steady rate, each contact once a second, and sees them arrive on the contact's other socket.</summary>
    /// <returns>Milliseconds from sending to arrival, sorted; as many as messages were sent when none was lost.</returns>
    public static async Task<double[]> DeliverAsync(Uri server, int perSecond, TimeSpan time)
    {
        using var http = new HttpClient();
        var sentAt = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        var took = new ConcurrentBag<double>();
        var contacts = await Task.WhenAll(Enumerable.Range(0, perSecond).Select(_ => PairAsync(server, http)));
        var watching = contacts.Select(contact => WatchAsync(contact.Watcher, sentAt, took)).ToList();
        var begin = Stopwatch.GetTimestamp();
        var sending = contacts.Select((contact, place) => SendAsync(contact.Writer, place / (double)perSecond, begin, time, sentAt)).ToList();
        await Task.WhenAll(sending);
        await Task.Delay(TimeSpan.FromSeconds(2));
        foreach (var contact in contacts)
        {
            await contact.Writer.DisposeAsync();
            await contact.Watcher.DisposeAsync();
        }

        await Task.WhenAll(watching);
        return [.. took.Order()];
    }

    /// <summary>Opens sockets, each of its own visitor, that say nothing more; with a message each opens a conversation first.</summary>
    public static async Task<IReadOnlyList<ChatConnection>> OpenAsync(Uri server, int sockets, bool withMessage)
    {
        using var http = new HttpClient();
        var open = new ConcurrentBag<ChatConnection>();
        await Parallel.ForEachAsync(Enumerable.Range(0, sockets), new ParallelOptions { MaxDegreeOfParallelism = 32 }, async (number, _) =>
        {
            var connection = await HelloAsync(server, await ChatClient.SessionAsync(server, http));
            if (withMessage)
            {
                await connection.SendAsync(Message($"idle-{number}", "Where is my order?"));
                await connection.FrameAsync();
            }

            open.Add(connection);
        });
        return [.. open];
    }

    private static async Task<(ChatConnection Writer, ChatConnection Watcher)> PairAsync(Uri server, HttpClient http)
    {
        var session = await ChatClient.SessionAsync(server, http);
        return (await HelloAsync(server, session), await HelloAsync(server, session));
    }

    private static async Task<ChatConnection> HelloAsync(Uri server, JsonObject session)
    {
        var connection = await ChatConnection.OpenAsync(server);
        await connection.SendAsync(new JsonObject { ["type"] = "hello", ["v"] = 1, ["token"] = session["token"]!.GetValue<string>() });
        await connection.FrameAsync();
        return connection;
    }

    private static async Task SendAsync(ChatConnection writer, double delay, long begin, TimeSpan time, ConcurrentDictionary<string, long> sentAt)
    {
        for (var second = 0; second < time.TotalSeconds; second++)
        {
            var wait = TimeSpan.FromSeconds(second + delay) - Stopwatch.GetElapsedTime(begin);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait);
            var id = Guid.NewGuid().ToString("N");
            sentAt[id] = Stopwatch.GetTimestamp();
            await writer.SendAsync(Message(id, "My parcel 1Z999AA10123456784 has not arrived, where is it?"));
        }
    }

    private static async Task WatchAsync(ChatConnection watcher, ConcurrentDictionary<string, long> sentAt, ConcurrentBag<double> took)
    {
        await foreach (var entry in watcher.EntriesAsync())
        {
            if (entry["id"]?.GetValue<string>() is { } id && sentAt.TryGetValue(id, out var at))
                took.Add(Stopwatch.GetElapsedTime(at).TotalMilliseconds);
        }
    }

    private static JsonObject Message(string id, string text) => new() { ["type"] = "send", ["id"] = id, ["text"] = text };
}
