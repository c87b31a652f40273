using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService.Channels.WebChat;

/// <summary>Limits and times of the web chat; configuration section <c>Gateway:WebChat</c>. <c>docs/protocol/chat-v1.md</c> says what clients see of them.</summary>
public sealed record WebChatOptions
{
    /// <summary>How long a session token opens a socket. Default: 15 minutes, which is also the most.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:15:00")]
    public TimeSpan TokenTime { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>How long a contact's proven identity can be renewed over the socket. Default: 12 hours.</summary>
    [Range(typeof(TimeSpan), "00:15:00", "7.00:00:00")]
    public TimeSpan IdentityTime { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How long a new socket may wait before it says hello. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan HelloTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a client may leave a frame untaken before it is cut off. Default: 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan SlowClientTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often a socket renews its watch and looks for entries whose wake-up was lost. Default: 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan RefreshInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest frame from a client, in bytes. Default: 65,536.</summary>
    [Range(1024, 1_048_576)]
    public int FrameBytes { get; init; } = 65_536;

    /// <summary>How many entries one frame holds at most. Default: 50.</summary>
    [Range(1, 200)]
    public int EntriesPerFrame { get; init; } = 50;

    /// <summary>How many messages a visitor may send at once. Default: 10.</summary>
    [Range(1, 1_000_000)]
    public int MessageBurst { get; init; } = 10;

    /// <summary>How many messages a minute a visitor may send on average. Default: 30.</summary>
    [Range(1, 10_000_000)]
    public int MessagesPerMinute { get; init; } = 30;

    /// <summary>How many frames of any kind a visitor may send at once. Default: 100.</summary>
    [Range(10, 1_000_000)]
    public int FrameBurst { get; init; } = 100;

    /// <summary>How many frames of any kind a minute a visitor may send on average. Default: 600.</summary>
    [Range(60, 10_000_000)]
    public int FramesPerMinute { get; init; } = 600;

    /// <summary>How many frames in a row may be refused before the socket is closed. Default: 50.</summary>
    [Range(1, 10_000)]
    public int MaxRefusals { get; init; } = 50;

    /// <summary>How many sockets one visitor may have open. Default: 10.</summary>
    [Range(1, 1_000)]
    public int SocketsPerVisitor { get; init; } = 10;

    /// <summary>How many sockets this process serves; more get HTTP 503. Default: 20,000.</summary>
    [Range(1, 10_000_000)]
    public int MaxSockets { get; init; } = 20_000;

    /// <summary>How many sessions one network address may make at once. Default: 60.</summary>
    [Range(1, 1_000_000)]
    public int SessionBurst { get; init; } = 60;

    /// <summary>How many sessions a minute one network address may make on average. Default: 60.</summary>
    [Range(1, 10_000_000)]
    public int SessionsPerMinute { get; init; } = 60;
}

[OptionsValidator]
internal sealed partial class WebChatOptionsValidator : IValidateOptions<WebChatOptions>;
