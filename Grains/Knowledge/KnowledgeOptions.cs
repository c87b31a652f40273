using System.ComponentModel.DataAnnotations;

namespace CustomerService.Knowledge;

/// <summary>Where articles come from and how they are indexed; configuration section <c>Knowledge</c>.</summary>
internal sealed record KnowledgeOptions
{
    /// <summary>A folder of Markdown files with front matter; folders inside are sections. Relative to the program. Default: <c>Sample/help</c>.</summary>
    [Required]
    public string Path { get; init; } = "Sample/help";

    /// <summary>Where sentence vectors and earlier versions of articles are kept. Relative to the working directory. Default: <c>data/knowledge</c>.</summary>
    [Required]
    public string DataPath { get; init; } = "data/knowledge";

    /// <summary>How often the folder is looked through when the file system reports nothing (network folders, containers). Default: 20 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:00:50")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The largest file that is read, in bytes. Default: 262,144.</summary>
    [Range(1_024, 16_777_216)]
    public int MaxArticleBytes { get; init; } = 262_144;

    /// <summary>How many articles are indexed at most. Default: 20,000.</summary>
    [Range(1, 100_000)]
    public int MaxArticles { get; init; } = 20_000;

    /// <summary>Where a passage is cut when its heading has more text, in characters. Default: 1,200.</summary>
    [Range(200, 10_000)]
    public int MaxPassageLength { get; init; } = 1_200;

    /// <summary>A folder below <see cref="DataPath"/>, as a full path.</summary>
    internal string FolderOf(string name) => System.IO.Path.GetFullPath(System.IO.Path.Combine(DataPath, name));
}

[Microsoft.Extensions.Options.OptionsValidator]
internal sealed partial class KnowledgeOptionsValidator : Microsoft.Extensions.Options.IValidateOptions<KnowledgeOptions>;
