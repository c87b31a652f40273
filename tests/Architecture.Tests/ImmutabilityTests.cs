using CustomerService.Conversations;
using Orleans.CodeGeneration;

namespace CustomerService;

/// <summary>The embedded engine passes arguments and results uncopied: nothing in a grain interface may be changed by who holds it.</summary>
public sealed class ImmutabilityTests
{
    [Fact]
    public void Everything_that_crosses_a_grain_interface_is_deeply_immutable() =>
        Assert.Empty(ImmutabilityProof.OffencesIn(typeof(IConversationGrain).Assembly));
}
