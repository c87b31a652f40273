using System.Runtime.CompilerServices;
using CustomerService.Conversations;

namespace CustomerService.Simulation.Mutations;

/// <summary>A look into a grain, without the grain having a door for it.</summary>
internal static class Inside
{
    /// <summary>What a conversation holds in memory; null before it is read.</summary>
    public static Conversation? StateOf(ConversationGrain grain) => LiveOf(grain)?.StateFrom(sequence: 0);

    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_live")]
    private static extern ref LiveConversation? LiveOf(ConversationGrain grain);
}
