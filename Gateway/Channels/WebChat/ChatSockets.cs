using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerService.Channels.WebChat;

/// <summary>All open sockets: one clock for all of them, and their end when the server stops.</summary>
internal sealed class ChatSockets(Visitors visitors, IOptions<WebChatOptions> options, TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<ChatSocket, byte> _open = new();

    public bool IsFull => _open.Count >= options.Value.MaxSockets;

    public async Task RunAsync(ChatSocket socket)
    {
        _open.TryAdd(socket, 0);
        try
        {
            if (lifetime.ApplicationStopping.IsCancellationRequested)
                _ = socket.EndAsync(ChatClose.Restart, null);
            await socket.RunAsync();
        }
        finally
        {
            _open.TryRemove(socket, out _);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Not when this service is stopped: the web server stops before it, and waits for its connections.
        await using var stopping = lifetime.ApplicationStopping.Register(() => EndAll());
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                foreach (var (socket, _) in _open)
                    socket.Tick(time.GetUtcNow());
                visitors.Forget();
            }
        }
        catch (OperationCanceledException)
        {
            EndAll();
        }
    }

    private void EndAll()
    {
        foreach (var (socket, _) in _open)
            _ = socket.EndAsync(ChatClose.Restart, null);
    }
}
