namespace CustomerService.Nlu;

/// <summary>What is known around a text when entities are sought in it.</summary>
/// <param name="At">When the message was written, by the writer's clock; "tomorrow" counts from here.</param>
/// <param name="Language">The message's language; decides about words and about the order of day and month.</param>
/// <param name="Country">ISO 3166 code of the contact's country, for telephone numbers without a prefix; null when it is not known.</param>
/// <param name="Own">What the tenant wants to have found besides; null for nothing.</param>
/// <param name="Zone">Whose clock that is; null when it is not known, then the clock never changes.</param>
internal readonly record struct EntityContext(DateTimeOffset At, string Language = Languages.Unknown, string? Country = null, OwnEntities? Own = null, TimeZoneInfo? Zone = null)
{
    public static EntityContext Of(AnalysisRequest request, string language, OwnEntities? own) =>
        request.TimeZone is { } name && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone)
            ? new(TimeZoneInfo.ConvertTime(request.At, zone), language, request.Country, own, zone)
            : new(request.At, language, request.Country, own);

    /// <summary>What the writer's clock shows when so much time has passed, even if it changes meanwhile.</summary>
    public DateTimeOffset After(TimeSpan passed) => Zone is null ? At + passed : TimeZoneInfo.ConvertTime(At + passed, Zone);
}

/// <summary>A value that one of the finders saw; several may claim the same characters.</summary>
internal readonly record struct Candidate(EntityKind Kind, int Offset, int Length, string Value, double Confidence, string? Name = null)
{
    public int End => Offset + Length;
}
