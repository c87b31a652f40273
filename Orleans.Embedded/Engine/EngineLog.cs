using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Engine;

internal sealed partial class EngineLog(ILogger logger)
{
    [LoggerMessage(LogLevel.Error, "Activation of {Grain} failed")]
    public partial void ActivationFailed(Exception exception, GrainId grain);

    [LoggerMessage(LogLevel.Error, "OnDeactivateAsync of {Grain} failed")]
    public partial void DeactivationFailed(Exception exception, GrainId grain);

    [LoggerMessage(LogLevel.Error, "A timer of {Grain} failed; it goes on")]
    public partial void TimerFailed(Exception exception, GrainId grain);

    [LoggerMessage(LogLevel.Error, "A tick of reminder {Reminder} of {Grain} failed; it goes on")]
    public partial void ReminderFailed(Exception exception, string reminder, GrainId grain);

    [LoggerMessage(LogLevel.Warning, "The end of an enumeration in {Grain} failed")]
    public partial void EnumerationFailed(Exception exception, GrainId grain);

    [LoggerMessage(LogLevel.Warning, "The one-way call {Method} failed")]
    public partial void OneWayCallFailed(Exception exception, string method);

    [LoggerMessage(LogLevel.Warning, "{Grain} holds {Count} calls, more than the soft limit of {Limit}")]
    public partial void ManyRequests(GrainId grain, int count, int limit);

    [LoggerMessage(LogLevel.Error, "{Grain} is given up: its call has run for {Elapsed} while others wait")]
    public partial void ActivationStuck(GrainId grain, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Warning, "Delivery of an event of stream {Stream} failed")]
    public partial void StreamDeliveryFailed(Exception exception, StreamId stream);

    [LoggerMessage(LogLevel.Warning, "An event of stream {Stream} was dropped: {Consumer} has attached no observer")]
    public partial void StreamEventDropped(StreamId stream, GrainId consumer);
}
