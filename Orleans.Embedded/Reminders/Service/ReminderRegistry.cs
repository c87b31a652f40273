using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Timers;

namespace Orleans.Engine;

/// <summary>What a grain holds of a reminder of its own.</summary>
internal sealed record ReminderHandle(GrainId GrainId, string ReminderName, string? ETag) : IGrainReminder
{
    public static IGrainReminder Of(ReminderEntry entry) => new ReminderHandle(entry.GrainId, entry.ReminderName, entry.ETag);
}

/// <summary>Checks what a grain asks for, stores it and tells the service that ticks.</summary>
internal sealed class ReminderRegistry(IServiceProvider services, ReminderService service, IOptions<ReminderOptions> options) : IReminderRegistry
{
    public async Task<IGrainReminder> RegisterOrUpdateReminder(GrainId callingGrainId, string reminderName, TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(period, TimeSpan.Zero);
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        var shortest = options.Value.MinimumReminderPeriod;
        if (period < shortest)
            throw new ArgumentException($"Cannot register reminder {reminderName} as requested period ({period}) is less than minimum allowed reminder period ({shortest})", nameof(period));

        var entry = new ReminderEntry { GrainId = callingGrainId, ReminderName = reminderName, StartAt = service.Now + dueTime, Period = period };
        entry.ETag = await Table().UpsertRow(entry)
            ?? throw new ReminderException($"Could not register reminder {entry} to reminder table due to a race. Please try again later.");
        service.Schedule(entry, isNew: true);
        return ReminderHandle.Of(entry);
    }

    public async Task UnregisterReminder(GrainId callingGrainId, IGrainReminder reminder)
    {
        var (grain, name, tag) = (ReminderHandle)reminder;
        var table = Table();
        if (!await table.RemoveRow(grain, name, tag!) && await table.ReadRow(grain, name) is not null)
            throw new ReminderException($"Could not unregister reminder {reminder} from the reminder table, due to tag mismatch. You can retry.");

        service.Forget(grain, name);
    }

    public async Task<IGrainReminder?> GetReminder(GrainId callingGrainId, string reminderName)
    {
        ArgumentException.ThrowIfNullOrEmpty(reminderName);
        return await Table().ReadRow(callingGrainId, reminderName) is { } entry ? ReminderHandle.Of(entry) : null;
    }

    public async Task<List<IGrainReminder>> GetReminders(GrainId callingGrainId) =>
        [.. (await Table().ReadRows(callingGrainId)).Reminders.Select(ReminderHandle.Of)];

    private IReminderTable Table()
    {
        if (RuntimeContext.Current is null)
            throw new InvalidOperationException("Reminders can be used in a turn of a grain only.");

        return services.GetService<IReminderTable>() ?? throw new OrleansConfigurationException(
            "The reminder service has not been configured: register an IReminderTable, or call UseInMemoryReminderService.");
    }
}
