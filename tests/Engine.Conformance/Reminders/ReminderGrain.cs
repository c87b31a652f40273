using System.Collections.Concurrent;
using System.Threading.Channels;

namespace CustomerService.Conformance.Reminders;

public interface IReminderGrain : IGrainWithStringKey
{
    Task RegisterAsync(string name, TimeSpan due, TimeSpan period);

    Task<string?> FindAsync(string name);

    Task<ImmutableArray<string>> NamesAsync();

    Task UnregisterAsync(string name);

    /// <summary>Unregisters with what it got when it registered, although the reminder was changed since.</summary>
    Task UnregisterOutdatedAsync(string name);

    Task WaitAsync(string gate);

    Task LeaveAsync();
}

/// <summary>Tells of every tick. A reminder named "failing" throws in its first tick; one named "gate:x" waits at gate x.</summary>
public sealed class ReminderGrain : Grain, IReminderGrain, IRemindable
{
    private static readonly ConcurrentDictionary<string, Channel<Tick>> s_ticks = [];

    private bool _waiting;

    public static ChannelReader<Tick> Ticks(string key) => TicksOf(key).Reader;

    public static async Task<Tick> NextTickAsync(string key)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await Ticks(key).ReadAsync(patience.Token);
    }

    public Task RegisterAsync(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task<string?> FindAsync(string name) => (await this.GetReminder(name))?.ReminderName;

    public async Task<ImmutableArray<string>> NamesAsync() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order()];

    public async Task UnregisterAsync(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task UnregisterOutdatedAsync(string name)
    {
        var old = await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(1), TimeSpan.FromHours(1));
        await this.RegisterOrUpdateReminder(name, TimeSpan.FromHours(2), TimeSpan.FromHours(1));
        await this.UnregisterReminder(old);
    }

    public async Task WaitAsync(string gate)
    {
        _waiting = true;
        await Gate.Of(gate).PassAsync();
        _waiting = false;
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        TicksOf(this.GetPrimaryKeyString()).Writer.TryWrite(new(reminderName, status, GrainContext.IsCurrent() && !_waiting));
        if (reminderName.StartsWith("gate:", StringComparison.Ordinal))
            await Gate.Of(reminderName[5..]).PassAsync();
        if (reminderName == "failing")
            throw new InvalidOperationException("This tick fails.");
    }

    private static Channel<Tick> TicksOf(string key) => s_ticks.GetOrAdd(key, _ => Channel.CreateUnbounded<Tick>());
}

public sealed record Tick(string Name, TickStatus Status, bool IsTurnOfItsOwn);

public interface IForgetfulGrain : IGrainWithStringKey
{
    Task RegisterAsync();
}

/// <summary>Wants a reminder but does not implement <see cref="IRemindable"/>.</summary>
public sealed class ForgetfulGrain : Grain, IForgetfulGrain
{
    public Task RegisterAsync() => this.RegisterOrUpdateReminder("never", TimeSpan.Zero, TimeSpan.FromHours(1));
}
