using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>Ticks the reminders of the table while the host runs; one process owns them all.</summary>
internal sealed class ReminderService(Cluster cluster, IServiceProvider services, IOptions<ReminderOptions> options) : IHostedService
{
    private readonly Dictionary<(GrainId Grain, string Name), ScheduledReminder> _reminders = [];
    private bool _running;

    /// <summary>UTC.</summary>
    public DateTime Now => cluster.Time.GetUtcNow().UtcDateTime;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        // Reminders without a table are an error only for whoever uses them, as in Orleans.
        if (services.GetService<IReminderTable>() is not { } table)
            return;

        using var deadline = new CancellationTokenSource(options.Value.InitializationTimeout, cluster.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        await table.StartAsync(either.Token);
        _running = true;
        foreach (var entry in (await table.ReadRows(0, 0)).Reminders)
            Schedule(entry, isNew: false);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        lock (_reminders)
        {
            _running = false;
            foreach (var reminder in _reminders.Values)
                reminder.Dispose();
            _reminders.Clear();
        }

        if (services.GetService<IReminderTable>() is { } table)
            await table.StopAsync(cancellationToken);
    }

    /// <summary>Ticks from now on as the entry says, and no longer as an older entry of its name did.</summary>
    public void Schedule(ReminderEntry entry, bool isNew)
    {
        lock (_reminders)
        {
            if (!_running)
                return;

            Forget(entry.GrainId, entry.ReminderName);
            var reminder = new ScheduledReminder(cluster, entry);
            _reminders[(entry.GrainId, entry.ReminderName)] = reminder;
            reminder.Start(isNew);
        }
    }

    public void Forget(GrainId grain, string name)
    {
        lock (_reminders)
        {
            if (_reminders.Remove((grain, name), out var reminder))
                reminder.Dispose();
        }
    }
}
