namespace CustomerService.Nlu;

/// <summary>What all patterns of the finders share.</summary>
internal static class Patterns
{
    /// <summary>Every repetition is bounded, so that time grows with the text alone; this is for a pattern in which that was forgotten.</summary>
    public const int TimeoutMilliseconds = 5000;
}
