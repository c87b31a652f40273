using Microsoft.Extensions.Options;

namespace CustomerService.Shell;

/// <summary>Short messages at the foot of the desk: what was done, with its undo, or what was refused.</summary>
internal sealed class Toasts(IOptions<DashboardOptions> options, TimeProvider time)
{
    private int _last;

    public ImmutableList<Toast> Items { get; private set; } = [];

    public event EventHandler? Changed;

    public Toast Show(string text, ToastAction? action = null, bool isProblem = false)
    {
        var toast = new Toast(Interlocked.Increment(ref _last), text, action, isProblem);
        Items = Items.Add(toast).TakeLast(3).ToImmutableList();
        Changed?.Invoke(this, EventArgs.Empty);
        _ = RemoveLaterAsync(toast);
        return toast;
    }

    public void Remove(Toast toast)
    {
        Items = Items.Remove(toast);
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private async Task RemoveLaterAsync(Toast toast)
    {
        await Task.Delay(options.Value.UndoTime, time);
        if (Items.Contains(toast))
            Remove(toast);
    }
}

/// <summary>One short message.</summary>
internal sealed record Toast(int Id, string Text, ToastAction? Action, bool IsProblem);

/// <summary>What a short message offers: a verb and what it does.</summary>
internal sealed record ToastAction(string Name, Func<Task> RunAsync);
