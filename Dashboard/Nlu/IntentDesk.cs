using CustomerService.Shell;
using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>What a pane of the page does to the tenant's intents: calls, and what is said of them.</summary>
internal sealed class IntentDesk(IGrainFactory grains, IOptions<TenancyOptions> tenancy, Toasts toasts, ILogger<IntentDesk> logger)
{
    public IIntentModelGrain Model => grains.GetGrain<IIntentModelGrain>(tenancy.Value.TenantId.Value);

    public IUnsureMessagesGrain Unsure => grains.GetGrain<IUnsureMessagesGrain>(tenancy.Value.TenantId.Value);

    /// <summary>Does it; a refusal is shown.</summary>
    /// <returns>The value; default when refused.</returns>
    public async Task<(T? Value, bool IsDone)> DoAsync<T>(Task<Result<T>> call)
    {
        var (value, refusal) = await call.OrRefusalAsync(logger);
        if (refusal is not null)
            toasts.Show(refusal.Detail, isProblem: true);
        return (value, refusal is null);
    }

    /// <summary>The same for calls that cannot be refused.</summary>
    public Task<(T? Value, bool IsDone)> DoAsync<T>(Task<T> call) => DoAsync(call.OrRefusalAsync(logger));

    /// <summary>Says what was done and offers to undo it.</summary>
    public void Say(string text, Func<Task>? undo = null) => toasts.Show(text, undo is null ? null : new("Undo", undo));

    /// <summary>Adds back what was removed.</summary>
    public Task AddAgainAsync(ImmutableArray<StoredExample> removed) => DoAsync(Model.AddAsync([.. removed.Select(example => new IntentExample(example.Text, example.Intent))]));
}
