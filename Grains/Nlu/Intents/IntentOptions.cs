using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>How tenants' own intents are trained and kept; configuration section <c>Intents</c>.</summary>
internal sealed record IntentOptions
{
    /// <summary>How many versions are kept; the oldest that is not active goes. Default: 10.</summary>
    [Range(2, 100)]
    public int MaxVersions { get; init; } = 10;

    /// <summary>How many threads one training uses; one training runs at a time in a silo. Default: half of the cores.</summary>
    [Range(1, 256)]
    public int TrainingThreads { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How often a silo looks whether another version is active, when messages come. Default: 5 seconds.</summary>
    /// <remarks>The silo that activates knows at once; others of a cluster after this time.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
internal sealed partial class IntentOptionsValidator : IValidateOptions<IntentOptions>;
