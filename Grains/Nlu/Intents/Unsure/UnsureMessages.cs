using System.Threading.Channels;
using CustomerService.Conversations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Gathers, in this silo, the messages that a tenant's intents were unsure of, and brings them to the tenant's list together.</summary>
/// <remarks>Nothing waits for this and nothing depends on it: when more come than can be brought, the oldest are left out.</remarks>
internal sealed partial class UnsureMessages(IGrainFactory grains, IOptions<IntentOptions> options, TimeProvider time, ILogger<UnsureMessages> logger) : BackgroundService
{
    private const int MaxGathered = 100;

    private readonly Channel<UnsureMessage> _gathered =
        Channel.CreateBounded<UnsureMessage>(new BoundedChannelOptions(MaxGathered) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    /// <summary>Takes note of a message when its intent was named without confidence.</summary>
    public void Offer(ConversationKey conversation, string text, Analysis analysis, OwnEntities? own, DateTimeOffset at)
    {
        IntentPrediction? best = analysis.Intents is [var first, ..] ? first : null;
        if ((best?.Confidence ?? 0) >= options.Value.UnsureBelow || !text.Any(char.IsLetter))
            return;

        // Masks instead of invented values: people read this, and the same text twice is one.
        var masked = Redaction.Mask(text, analysis.Entities, Redaction.HiddenFromTraining, own).Text.Trim();
        var shown = masked.Length <= IntentExamples.MaxTextLength ? masked : masked[..IntentExamples.MaxTextLength];
        _gathered.Writer.TryWrite(new(0, shown, best?.Intent, best?.Confidence ?? 0, analysis.OutOfScope, at, conversation));
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await _gathered.Reader.WaitToReadAsync(stoppingToken))
            {
                await BringAsync();
                await Task.Delay(options.Value.GatherInterval, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What came in the last seconds is not worth holding up the stop.
        }
    }

    private async Task BringAsync()
    {
        var messages = new List<UnsureMessage>();
        while (messages.Count < MaxGathered && _gathered.Reader.TryRead(out var message))
            messages.Add(message);
        foreach (var tenant in messages.GroupBy(message => message.Conversation.Tenant))
        {
            try
            {
                await grains.GetGrain<IUnsureMessagesGrain>(tenant.Key.Value).AddAsync([.. tenant]);
            }
            catch (Exception failure)
            {
                LogNotBrought(failure, tenant.Key, tenant.Count());
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Tenant {Tenant}: {Count} messages that the intents were unsure of could not be kept")]
    private partial void LogNotBrought(Exception failure, Tenancy.TenantId tenant, int count);
}
