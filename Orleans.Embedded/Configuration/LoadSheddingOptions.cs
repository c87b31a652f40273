namespace Orleans.Configuration;

/// <summary>When calls from outside the grains are refused because the process has too much to do.</summary>
public class LoadSheddingOptions
{
    /// <summary>Whether load is shed at all. Default: false.</summary>
    public bool LoadSheddingEnabled { get; set; }

    /// <summary>Processor use above which load is shed. Default: 95; above 0, up to 100 percent.</summary>
    public int CpuThreshold { get; set; } = 95;

    /// <summary>Memory use above which load is shed. Default: 90; above 0, up to 100 percent.</summary>
    public int MemoryThreshold { get; set; } = 90;
}
