namespace Orleans.Engine;

/// <summary>How many calls one activation may hold before more are noted, or refused; zero means no limit.</summary>
internal readonly record struct QueueLimits(string Name, int Soft, int Hard);
