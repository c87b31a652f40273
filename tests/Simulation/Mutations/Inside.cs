using System.Runtime.CompilerServices;
using CustomerService.Conversations;

namespace CustomerService.Simulation.Mutations;

/// <summary>A look into a grain, without the grain having a door for it.</summary>
internal static class Inside
{
    /// <summary>What a conversation holds in memory; null before it is read.</summary>
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_state")]
    public static extern ref Conversation? StateOf(ConversationGrain grain);
}
