using CustomerService.Contacts;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Conversations;

/// <summary>Takes up what a crash interrupted: at the start of the process, and at an interval for what failed since.</summary>
internal sealed partial class OutboxResumer(
    IConversationJournal journal, IGrainFactory grains, IOptions<ConversationOptions> options, TimeProvider time, ILogger<OutboxResumer> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.OutboxInterval, time);
        do
        {
            try
            {
                await ResumeAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not OperationCanceledException)
            {
                LogFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    internal async Task ResumeAsync(CancellationToken cancellationToken)
    {
        var items = await journal.ListOutboxAsync(cancellationToken);
        if (items.IsEmpty)
            return;

        LogResuming(items.Length);
        foreach (var item in items)
            await (item.Kind == OutboxKinds.History ? RecordAsync(item, cancellationToken) : WakeAsync(item, cancellationToken));
    }

    // A conversation that owes an answer composes it when it is activated.
    private async Task WakeAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        await grains.GetGrain<IConversationGrain>(item.Conversation.ToString()).GetAsync(cancellationToken);
    }

    private async Task RecordAsync(OutboxItem item, CancellationToken cancellationToken)
    {
        var conversation = await journal.LoadAsync(item.Conversation, cancellationToken);
        var contact = grains.GetGrain<IContactGrain>(conversation.Origin!.Contact.ToString());
        await contact.RecordConversationAsync(conversation.Key, conversation.Origin, conversation.StartedAt, cancellationToken);
        await journal.CompleteAsync(item);
    }

    [LoggerMessage(LogLevel.Information, "Resuming {Count} pieces of unfinished work")]
    private partial void LogResuming(int count);

    [LoggerMessage(LogLevel.Error, "Unfinished work could not be resumed; the next try follows")]
    private partial void LogFailed(Exception exception);
}
