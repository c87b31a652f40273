using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService.Conversations;

/// <summary>How conversations behave; configuration section <c>Conversations</c>.</summary>
internal sealed record ConversationOptions
{
    /// <summary>How long after it was resolved a contact's message reopens a conversation. Default: 3 days.</summary>
    /// <remarks>Written <c>d.hh:mm:ss</c>: .NET reads <c>72:00:00</c> as 72 days, which the limit refuses.</remarks>
    [Range(typeof(TimeSpan), "00:00:00", "30.00:00:00")]
    public TimeSpan ReopenWindow { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long after the contact's newest message an answer must be there; then a person takes over. Default: 3 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:01:00")]
    public TimeSpan TurnDeadline { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>How long a short message that says little by itself waits for the next one before it is answered. Default: 400 milliseconds; 0 never waits.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan BurstPause { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>How long understanding a message may take; then it is stored without. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:30")]
    public TimeSpan AnalysisDeadline { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>False stores messages without understanding them: for measurements, and when the models cannot be had. Default: true.</summary>
    public bool Understand { get; init; } = true;

    /// <summary>How long a watcher is told of changes after it last asked for it. Default: 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WatchExpiry { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often work that was promised and not confirmed is looked for, besides at every start. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan OutboxInterval { get; init; } = TimeSpan.FromMinutes(1);
}

[OptionsValidator]
internal sealed partial class ConversationOptionsValidator : IValidateOptions<ConversationOptions>;
