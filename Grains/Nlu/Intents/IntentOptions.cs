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

    /// <summary>The folder of trained models, so that a restart need not train them again; empty for none. Default: <c>intents</c> beside the database of the Silo; elsewhere none.</summary>
    /// <remarks>May be emptied at any time: what is missing is trained again.</remarks>
    public string? Cache { get; set; }

    /// <summary>How often a silo looks whether another version is active, when messages come. Default: 5 seconds.</summary>
    /// <remarks>The silo that activates knows at once; others of a cluster after this time.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>A message whose likeliest intent has less confidence is put on the list for people to label. Default: 0.5.</summary>
    [Range(0.0, 1.0)]
    public double UnsureBelow { get; init; } = 0.5;

    /// <summary>How many such messages are kept; the oldest go. Default: 200.</summary>
    [Range(1, 2_000)]
    public int MaxUnsure { get; init; } = 200;

    /// <summary>How long a silo gathers such messages before it brings them to the list. Default: 2 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "00:10:00")]
    public TimeSpan GatherInterval { get; init; } = TimeSpan.FromSeconds(2);
}

[OptionsValidator]
internal sealed partial class IntentOptionsValidator : IValidateOptions<IntentOptions>;
