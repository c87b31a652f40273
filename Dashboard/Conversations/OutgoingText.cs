namespace CustomerService.Conversations;

/// <summary>What an agent sends.</summary>
/// <param name="Text">The text.</param>
/// <param name="IsNote">True when only agents see it.</param>
public sealed record OutgoingText(string Text, bool IsNote);
