using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace CustomerService.Shell;

/// <summary>Reads again when woken, and on a slow interval because a wake-up can be lost. Many wake-ups become one read.</summary>
internal sealed partial class LiveLoop : IAsyncDisposable
{
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource _stop = new();
    private readonly DashboardOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private Task _running = Task.CompletedTask;

    public LiveLoop(DashboardOptions options, TimeProvider time, ILogger logger) => (_options, _time, _logger) = (options, time, logger);

    public void Wake() => _wake.Writer.TryWrite(true);

    /// <param name="watch">Starts or renews the watches.</param>
    /// <param name="readAsync">Reads what changed and shows it.</param>
    /// <param name="failed">Is told of a failure; the loop goes on.</param>
    public void Start(Func<CancellationToken, Task> watch, Func<CancellationToken, Task> readAsync, Action<Exception> failed) =>
        _running = RunAsync(watch, readAsync, failed);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> watch, Func<CancellationToken, Task> readAsync, Action<Exception> failed)
    {
        var watchedAt = long.MinValue;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                if (watchedAt == long.MinValue || _time.GetElapsedTime(watchedAt) > _options.WatchInterval)
                {
                    await watch(_stop.Token);
                    watchedAt = _time.GetTimestamp();
                }

                await readAsync(_stop.Token);
                await Task.Delay(_options.RenderInterval, _time, _stop.Token);
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                LogReadFailed(fault);
                failed(fault);
                watchedAt = long.MinValue;
            }

            await WaitAsync();
        }
    }

    private async Task WaitAsync()
    {
        using var patience = new CancellationTokenSource(_options.PollInterval, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, _stop.Token);
        try { await _wake.Reader.ReadAsync(either.Token); }
        catch (OperationCanceledException) { /* time to read anyway, or to stop */ }
    }

    [LoggerMessage(LogLevel.Warning, "A live view could not be read; it tries again")]
    private partial void LogReadFailed(Exception fault);
}
