using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>How messages are understood; configuration section <c>Nlu</c>.</summary>
internal sealed record NluOptions
{
    /// <summary>A sentiment with less confidence than this raises no alert: it is a guess.</summary>
    public const double ReliableSentiment = 0.5;

    /// <summary>The folder of other sets of models, one folder each (docs/models.md). Relative to the working directory. Default: <c>data/models</c>; when it is not there, there are none.</summary>
    [Required]
    public string Models { get; init; } = "data/models";

    /// <summary>How often a silo looks whether another set was chosen. Default: 5 seconds.</summary>
    /// <remarks>The silo that takes the order knows at once; others of a cluster after this time.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a message may wait for its sentence vector; then n-grams alone decide and the analysis says so. Default: 250 ms.</summary>
    [Range(typeof(TimeSpan), "00:00:00.005", "00:00:05")]
    public TimeSpan Budget { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Where the sentence encoder cuts a text, in tokens of about four letters. Default: 128. Time grows with it.</summary>
    [Range(16, 512)]
    public int MaxTokens { get; init; } = 128;

    /// <summary>How many messages one inference takes at most. Default: 16.</summary>
    [Range(1, 64)]
    public int MaxBatch { get; init; } = 16;

    /// <summary>How many messages may wait for an inference; beyond it n-grams alone decide. Default: 1,024.</summary>
    [Range(1, 100_000)]
    public int QueueCapacity { get; init; } = 1_024;

    /// <summary>How many inferences run side by side, each on one core. Default: half of the cores.</summary>
    [Range(1, 256)]
    public int Parallelism { get; init; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>How often a silo looks whether a tenant's own entities have changed, when messages come. Default: 5 seconds.</summary>
    /// <remarks>The silo where they are changed knows at once; others of a cluster after this time.</remarks>
    [Range(typeof(TimeSpan), "00:00:00.100", "01:00:00")]
    public TimeSpan OwnEntitiesInterval { get; init; } = TimeSpan.FromSeconds(5);
}

[OptionsValidator]
internal sealed partial class NluOptionsValidator : IValidateOptions<NluOptions>;
