using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;

namespace CustomerService;

/// <summary>A contact in the web chat: keeps the visitor's secret, resumes where it was, and repeats what was not acknowledged.</summary>
public sealed class ChatClient : IAsyncDisposable
{
    private const int MaxTries = 50;
    private readonly Uri _server;
    private readonly string _inbox;
    private readonly string? _timeZone;
    private readonly HttpClient _http;
    private readonly SortedDictionary<long, JsonObject> _entries = [];
    private readonly List<(Func<JsonObject, bool> Wanted, TaskCompletionSource<JsonObject> Found)> _waiting = [];
    private readonly Lock _gate = new();
    private ChatConnection? _connection;
    private Task _collecting = Task.CompletedTask;
    private string? _token;
    private string? _conversation;
    private long _position;
    private int _next;

    private ChatClient(Uri server, string inbox, HttpClient http, string? timeZone) => (_server, _inbox, _http, _timeZone) = (server, inbox, http, timeZone);

    /// <summary>The secret by which the contact comes back.</summary>
    public string? Visitor { get; private set; }

    /// <summary>The conversation, as 32 hexadecimal digits; null before the first message.</summary>
    public string? Conversation => _conversation;

    /// <summary>Everything seen of the conversation, in order, each once.</summary>
    public ImmutableArray<JsonObject> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries.Values];
        }
    }

    /// <summary>Makes a session and connects.</summary>
    /// <param name="server">The Gateway, for example <c>http://127.0.0.1:5000</c>.</param>
    /// <param name="http">Makes the session; any address.</param>
    /// <param name="inbox">The inbox.</param>
    /// <param name="visitor">An earlier visitor's secret; null for a new one.</param>
    /// <param name="timeZone">The zone that a browser would name; null for none.</param>
    public static async Task<ChatClient> StartAsync(Uri server, HttpClient http, string inbox = "web", string? visitor = null, string? timeZone = null)
    {
        var client = new ChatClient(server, inbox, http, timeZone) { Visitor = visitor };
        await client.ConnectAsync();
        return client;
    }

    /// <summary>Makes a session without connecting: its token opens any number of sockets.</summary>
    public static async Task<JsonObject> SessionAsync(Uri server, HttpClient http, string inbox = "web", string? visitor = null, string? timeZone = null)
    {
        using var answer = await http.PostAsJsonAsync(new Uri(server, "/chat/v1/sessions"), new { inbox, visitor, timeZone });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    /// <summary>Sends a message and waits until it is stored; survives any number of lost connections up to 50 in a row.</summary>
    /// <returns>The acknowledgement.</returns>
    /// <exception cref="InvalidOperationException">The server refused it; the message is its code.</exception>
    public async Task<JsonObject> SendAsync(string text, string? id = null)
    {
        id ??= $"{Guid.NewGuid():N}-{Interlocked.Increment(ref _next)}";
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (_connection is null)
                    await ConnectAsync();
                await _connection!.SendAsync(new JsonObject { ["type"] = "send", ["id"] = id, ["text"] = text });
                while (true)
                {
                    var answer = await _connection.FrameAsync();
                    if (answer["id"]?.GetValue<string>() != id)
                        continue;
                    if (answer["type"]!.GetValue<string>() == "ack")
                        return answer;
                    if (answer["retryable"]?.GetValue<bool>() != true)
                        throw new InvalidOperationException(answer["code"]!.GetValue<string>());
                    await Task.Delay(TimeSpan.FromSeconds(answer["retryAfter"]?.GetValue<int>() ?? 1));
                    break;
                }
            }
            catch (Exception fault) when (tries < MaxTries && fault is WebSocketException or ObjectDisposedException or ChannelClosedException or OperationCanceledException or HttpRequestException)
            {
                await CloseAsync();
            }
        }
    }

    /// <summary>Waits for an entry, or finds it among those already seen.</summary>
    public Task<JsonObject> WaitForAsync(Func<JsonObject, bool> wanted, TimeSpan patience)
    {
        var found = new TaskCompletionSource<JsonObject>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_entries.Values.FirstOrDefault(wanted) is { } known)
                return Task.FromResult(known);
            _waiting.Add((wanted, found));
        }

        return found.Task.WaitAsync(patience);
    }

    /// <summary>Breaks the connection; the next message, or <see cref="ConnectAsync"/>, makes a new one.</summary>
    public void Drop() => _connection?.Drop();

    /// <summary>Connects, says hello from the position that was seen, and goes on collecting.</summary>
    public async Task ConnectAsync()
    {
        await CloseAsync();
        if (_token is null)
        {
            var session = await SessionAsync(_server, _http, _inbox, Visitor, _timeZone);
            (_token, Visitor) = (session["token"]!.GetValue<string>(), session["visitor"]!.GetValue<string>());
        }

        var connection = await ChatConnection.OpenAsync(_server, _inbox);
        await connection.SendAsync(new JsonObject { ["type"] = "hello", ["v"] = 1, ["token"] = _token, ["conversation"] = _conversation, ["after"] = _position });
        var welcome = await connection.FrameAsync();
        if (welcome["type"]!.GetValue<string>() != "welcome")
        {
            _token = null;
            await connection.DisposeAsync();
            throw new HttpRequestException(welcome["code"]!.GetValue<string>());
        }

        _connection = connection;
        _collecting = CollectAsync(connection);
    }

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task CloseAsync()
    {
        if (_connection is not { } connection)
            return;

        _connection = null;
        await connection.DisposeAsync();
        await _collecting;
    }

    private async Task CollectAsync(ChatConnection connection)
    {
        await foreach (var entry in connection.EntriesAsync())
            Add(entry, entry["conversation"]!.GetValue<string>());
    }

    private void Add(JsonObject entry, string conversation)
    {
        lock (_gate)
        {
            if (_conversation != conversation)
                _entries.Clear();
            _conversation = conversation;
            _position = entry["sequence"]!.GetValue<long>();
            _entries[_position] = entry;
            foreach (var (wanted, found) in _waiting.ToArray())
            {
                if (wanted(entry) && found.TrySetResult(entry))
                    _waiting.Remove((wanted, found));
            }
        }
    }
}
