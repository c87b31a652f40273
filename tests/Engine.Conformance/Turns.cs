using Microsoft.Extensions.DependencyInjection;

namespace CustomerService.Conformance;

internal static class Turns
{
    /// <summary>True while a turn of this activation runs: asked of the engine by its public API.</summary>
    public static bool IsCurrent(this IGrainContext context) => context.ActivationServices.GetRequiredService<IGrainContextAccessor>().GrainContext == context;
}
