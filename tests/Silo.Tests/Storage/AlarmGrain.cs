using System.Collections.Concurrent;

namespace CustomerService.Storage;

public interface IAlarmGrain : IGrainWithStringKey
{
    Task SetAsync(TimeSpan due, TimeSpan period);

    Task<int> CountAsync();

    Task ClearAsync();
}

/// <summary>Tells of its first tick.</summary>
public sealed class AlarmGrain : Grain, IAlarmGrain, IRemindable
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource<TickStatus>> s_rang = [];

    public static Task<TickStatus> Rang(string key) => RangOf(key).Task.WaitAsync(TimeSpan.FromSeconds(20));

    public Task SetAsync(TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder("alarm", due, period);

    public async Task<int> CountAsync() => (await this.GetReminders()).Count;

    public async Task ClearAsync() => await this.UnregisterReminder((await this.GetReminder("alarm"))!);

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        RangOf(this.GetPrimaryKeyString()).TrySetResult(status);
        return Task.CompletedTask;
    }

    private static TaskCompletionSource<TickStatus> RangOf(string key) => s_rang.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
