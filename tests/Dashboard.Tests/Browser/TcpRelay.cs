using System.Net;
using System.Net.Sockets;

namespace CustomerService.Browser;

/// <summary>A line between browser and host that a test can cut and mend.</summary>
internal sealed class TcpRelay(int target) : IDisposable
{
    private readonly List<TcpClient> _lines = [];
    private TcpListener _listener = Listen(0);

    public int Port { get; private set; }

    public void Start()
    {
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _ = AcceptAsync(_listener);
    }

    public void Cut()
    {
        _listener.Dispose();
        lock (_lines)
        {
            _lines.ForEach(line => line.Dispose());
            _lines.Clear();
        }
    }

    public void Mend()
    {
        _listener = Listen(Port);
        _ = AcceptAsync(_listener);
    }

    public void Dispose() => Cut();

    private static TcpListener Listen(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start();
        return listener;
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true)
            {
                var near = await listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                // Before the line is through: a cut that comes meanwhile cuts it as well.
                lock (_lines)
                    _lines.AddRange([near, far]);
                await far.ConnectAsync(IPAddress.Loopback, target);
                _ = CopyAsync(near, far);
                _ = CopyAsync(far, near);
            }
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException) { /* cut */ }
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try { await from.GetStream().CopyToAsync(to.GetStream()); }
        catch (Exception fault) when (fault is IOException or ObjectDisposedException or InvalidOperationException) { /* cut */ }
        finally { to.Close(); }
    }
}
