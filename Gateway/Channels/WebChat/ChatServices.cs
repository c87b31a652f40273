using CustomerService.Contacts;
using CustomerService.Conversations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Channels.WebChat;

/// <summary>What every socket needs, once for all of them.</summary>
internal sealed partial class ChatServices(
    IGrainFactory grains, ChatTokens tokens, Visitors visitors, IOptions<WebChatOptions> options, TimeProvider time, ILogger<ChatServices> logger)
{
    /// <summary>The longest message, in UTF-16 code units: <see cref="Message.Text"/>.</summary>
    private const int TextLength = 10_000;

    public IGrainFactory Grains => grains;

    public ChatTokens Tokens => tokens;

    public Visitors Visitors => visitors;

    public TimeProvider Time => time;

    public WebChatOptions Options { get; } = options.Value;

    public ChatLimits Limits { get; } = new(TextLength, options.Value.FrameBytes, options.Value.MessageBurst, options.Value.MessagesPerMinute);

    public IContactChannelGrain Channel(ContactChannelKey key) => grains.GetGrain<IContactChannelGrain>(key.ToString());

    public IConversationGrain Conversation(ConversationKey key) => grains.GetGrain<IConversationGrain>(key.ToString());

    [LoggerMessage(LogLevel.Information, "Cut off a socket of {Channel}: {Reason}")]
    public partial void LogCutOff(string? channel, string reason);

    [LoggerMessage(LogLevel.Warning, "A frame of {Channel} failed")]
    public partial void LogFrameFailed(Exception fault, string? channel);

    [LoggerMessage(LogLevel.Warning, "Delivery to {Channel} failed; it is tried again")]
    public partial void LogDeliveryFailed(Exception fault, string? channel);
}
