using System.Net;
using System.Net.Http.Json;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Conversations;

namespace CustomerService.Channels.WebChat;

/// <summary>Sockets under bad networks, slow clients and many tabs.</summary>
public sealed class SocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly (string, string?)[] Unlimited = [("Gateway:WebChat:MessageBurst", "100000"), ("Gateway:WebChat:FrameBurst", "100000"), ("Gateway:WebChat:SessionBurst", "10000"), ("Gateway:WebChat:SocketsPerVisitor", "100")];

    [Fact]
    public async Task A_thousand_messages_over_a_breaking_network_arrive_once_and_in_order()
    {
        await using var host = await GatewayHost.StartAsync(Unlimited);
        await using var writer = await ChatClient.StartAsync(host.Address, host.Http);
        await writer.SendAsync("first");
        await using var reader = await ChatClient.StartAsync(host.Address, host.Http, visitor: writer.Visitor);
        var (random, pauses) = (new Random(7), new Random(8));
        var breaking = Task.Run(async () =>
        {
            for (var drops = 0; drops < 40; drops++)
            {
                await Task.Delay(pauses.Next(5, 40));
                reader.Drop();
                await reader.ConnectAsync();
            }
        });

        for (var number = 0; number < 1000; number++)
        {
            if (random.Next(25) == 0)
                writer.Drop();
            await writer.SendAsync($"message {number}", $"m-{number}");
        }

        await breaking;
        await reader.WaitForAsync(entry => entry["text"]?.GetValue<string>() == "message 999", Patience);
        var expected = Enumerable.Range(0, 1000).Select(number => $"message {number}").Prepend("first");
        Assert.Equal(expected, Said(reader));
        Assert.Equal(expected, (await host.Conversation(reader.Conversation!).AllAsync()).Select(entry => entry.Event).OfType<MessagePosted>().Select(message => message.Message.Text));
    }

    [Fact]
    public async Task What_one_tab_writes_appears_in_the_other_even_when_it_is_the_first_message()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var one = await ChatClient.StartAsync(host.Address, host.Http);
        await using var two = await ChatClient.StartAsync(host.Address, host.Http, visitor: one.Visitor);

        await one.SendAsync("Hello");

        await two.WaitForAsync(entry => entry["text"]?.GetValue<string>() == "Hello", Patience);
    }

    [Fact]
    public async Task A_tab_that_opens_while_the_other_writes_misses_nothing()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var one = await ChatClient.StartAsync(host.Address, host.Http);
        await one.SendAsync("Hello");
        var (arrived, opened) = (new TaskCompletionSource(), new TaskCompletionSource());
        host.Assistant.ViewGate = (arrived, opened);
        var opening = ChatClient.StartAsync(host.Address, host.Http, visitor: one.Visitor);
        await arrived.Task.WaitAsync(Patience);

        await one.SendAsync("Anybody there?");
        opened.SetResult();
        await using var two = await opening;

        await two.WaitForAsync(entry => entry["text"]?.GetValue<string>() == "Anybody there?", Patience);
        Assert.Equal(["Hello", "Anybody there?"], Said(two));
    }

    [Fact]
    public async Task Another_visitor_sees_nothing_of_it()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var one = await ChatClient.StartAsync(host.Address, host.Http);
        await using var other = await ChatClient.StartAsync(host.Address, host.Http);
        await one.SendAsync("My card was charged twice");

        await other.SendAsync("Hello");

        await other.WaitForAsync(entry => entry["text"]?.GetValue<string>() == "Hello", Patience);
        Assert.Equal(["Hello"], Said(other));
        Assert.NotEqual(one.Conversation, other.Conversation);
    }

    [Fact]
    public async Task A_lost_wake_up_loses_nothing()
    {
        await using var host = await GatewayHost.StartAsync(("Gateway:WebChat:RefreshInterval", "00:00:01"));
        await using var client = await ChatClient.StartAsync(host.Address, host.Http);
        await client.SendAsync("Hello");
        host.Assistant.LosesWakeUps = true;

        var grain = host.Conversation((await client.WaitForAsync(entry => entry["text"] is not null, Patience))["conversation"]!.GetValue<string>());
        await grain.TakeAsync(GatewayHost.Ada);
        await grain.ReplyAsync(GatewayHost.Ada, "I am here.", "r-1");

        await client.WaitForAsync(entry => entry["text"]?.GetValue<string>() == "I am here.", Patience);
    }

    [Fact]
    public async Task After_a_closed_conversation_a_new_one_begins_on_the_same_socket()
    {
        await using var host = await GatewayHost.StartAsync(("Conversations:ReopenWindow", "00:00:00"));
        await using var client = await ChatClient.StartAsync(host.Address, host.Http);
        await client.SendAsync("One");
        var first = (await client.WaitForAsync(entry => entry["text"] is not null, Patience))["conversation"]!.GetValue<string>();
        await host.Conversation(first).ResolveAsync(GatewayHost.Ada);
        host.Clock.Jump(TimeSpan.FromSeconds(1));

        await client.SendAsync("Two");

        var second = (await client.WaitForAsync(entry => entry["text"]?.GetValue<string>() == "Two", Patience))["conversation"]!.GetValue<string>();
        Assert.NotEqual(first, second);
        Assert.Equal(["Two"], Said(client));
    }

    [Fact]
    public async Task When_the_server_stops_the_client_is_told_to_come_back()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var connection = await WelcomedAsync(host);

        await host.StopAsync();

        Assert.Equal(1012, await connection.ClosedAsync());
    }

    [Fact]
    public async Task More_sockets_than_allowed_are_closed()
    {
        await using var host = await GatewayHost.StartAsync(("Gateway:WebChat:SocketsPerVisitor", "1"));
        var (token, _) = await SessionAsync(host);
        await using var first = await ChatConnection.OpenAsync(host.Address);
        await first.SendAsync(Hello(token));
        await first.FrameAsync();

        await using var second = await ChatConnection.OpenAsync(host.Address);
        await second.SendAsync(Hello(token));

        Assert.Equal("sockets.too_many", (await second.FrameAsync())["code"]!.GetValue<string>());
        Assert.Equal(4429, await second.ClosedAsync());
    }

    [Fact]
    public async Task Who_never_stops_is_closed_and_cannot_come_back_with_a_fresh_allowance()
    {
        await using var host = await GatewayHost.StartAsync(("Gateway:WebChat:FrameBurst", "10"), ("Gateway:WebChat:FramesPerMinute", "60"), ("Gateway:WebChat:MaxRefusals", "5"));
        var (token, _) = await SessionAsync(host);
        await using var connection = await ChatConnection.OpenAsync(host.Address);
        await connection.SendAsync(Hello(token));
        for (var frames = 0; frames < 30; frames++)
            await connection.SendAsync(new JsonObject { ["type"] = "ping" });
        Assert.Equal(4429, await connection.ClosedAsync());

        await using var again = await ChatConnection.OpenAsync(host.Address);
        await again.SendAsync(Hello(token));
        Assert.Equal("welcome", (await again.FrameAsync())["type"]!.GetValue<string>());
        await again.SendAsync(new JsonObject { ["type"] = "ping" });

        Assert.Equal("rate.limited", (await again.FrameAsync())["code"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_full_server_says_so()
    {
        await using var host = await GatewayHost.StartAsync(("Gateway:WebChat:MaxSockets", "1"));
        await using var first = await WelcomedAsync(host);

        var refused = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => ChatConnection.OpenAsync(host.Address));

        Assert.Contains("503", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_takes_nothing_is_cut_off_and_holds_up_nobody()
    {
        await using var host = await GatewayHost.StartAsync([.. Unlimited, ("Gateway:WebChat:SlowClientTime", "00:00:01")]);
        await using var writer = await ChatClient.StartAsync(host.Address, host.Http);
        await writer.SendAsync("first");
        var (token, _) = await SessionAsync(host, writer.Visitor);
        using var slow = await SlowClientAsync(host, token);

        // More than the buffers of both kernels hold.
        for (var number = 0; number < 800; number++)
            await writer.SendAsync(new string('a', 9_000) + number);

        await writer.WaitForAsync(entry => entry["text"]?.GetValue<string>().EndsWith("a799", StringComparison.Ordinal) == true, Patience);
        await CutOffAsync(slow);
    }

    [Fact]
    public async Task A_grain_that_fails_is_an_error_that_can_be_retried()
    {
        await using var host = await GatewayHost.StartAsync();
        await using var connection = await WelcomedAsync(host);
        var message = new JsonObject { ["type"] = "send", ["id"] = "m-1", ["text"] = "Hello" };
        host.Assistant.IsBroken = true;

        await connection.SendAsync(message);
        var error = await connection.FrameAsync();
        host.Assistant.IsBroken = false;
        await connection.SendAsync(message);

        Assert.Equal(("unavailable", "m-1", true), (error["code"]!.GetValue<string>(), error["id"]!.GetValue<string>(), error["retryable"]!.GetValue<bool>()));
        Assert.Equal("ack", (await connection.FrameAsync())["type"]!.GetValue<string>());
    }

    private static string[] Said(ChatClient client) => [.. client.Entries.Where(entry => entry["text"] is not null).Select(entry => entry["text"]!.GetValue<string>())];

    private static JsonObject Hello(string token) => new() { ["type"] = "hello", ["v"] = 1, ["token"] = token };

    private static async Task<(string Token, string Visitor)> SessionAsync(GatewayHost host, string? visitor = null)
    {
        var session = await (await host.Http.PostAsJsonAsync("/chat/v1/sessions", new { inbox = "web", visitor })).Content.ReadFromJsonAsync<JsonObject>();
        return (session!["token"]!.GetValue<string>(), session["visitor"]!.GetValue<string>());
    }

    private static async Task<ChatConnection> WelcomedAsync(GatewayHost host)
    {
        var connection = await ChatConnection.OpenAsync(host.Address);
        await connection.SendAsync(Hello((await SessionAsync(host)).Token));
        await connection.FrameAsync();
        return connection;
    }

    /// <summary>Says hello over a bare socket, and then reads nothing.</summary>
    private static async Task<Socket> SlowClientAsync(GatewayHost host, string token)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, host.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"GET /chat/v1/socket?inbox=web HTTP/1.1\r\nHost: {host.Address.Authority}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"));
        var hello = Encoding.UTF8.GetBytes(Hello(token).ToJsonString());
        // A masked text frame with a 16-bit length and a mask of zeros (RFC 6455 section 5.2).
        await socket.SendAsync((byte[])[0x81, 0xFE, (byte)(hello.Length >> 8), (byte)hello.Length, 0, 0, 0, 0, .. hello]);
        return socket;
    }

    /// <summary>Until the server has let go of its end: behind what the client does not read, the client cannot hear of it.</summary>
    private static async Task CutOffAsync(Socket socket)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Any(line => line.RemoteEndPoint.Port == ((IPEndPoint)socket.LocalEndPoint!).Port && line.State == TcpState.Established))
            await Task.Delay(TimeSpan.FromMilliseconds(50), patience.Token);
    }
}
