namespace CustomerService.Nlu;

/// <summary>What is known around a text when entities are sought in it.</summary>
/// <param name="At">When the message was written, by the writer's clock; "tomorrow" counts from here.</param>
/// <param name="Language">The message's language; decides about words and about the order of day and month.</param>
/// <param name="Country">ISO 3166 code of the contact's country, for telephone numbers without a prefix; null when it is not known.</param>
/// <param name="Own">What the tenant wants to have found besides; null for nothing.</param>
internal readonly record struct EntityContext(DateTimeOffset At, string Language = Languages.Unknown, string? Country = null, OwnEntities? Own = null)
{
    public static EntityContext Of(AnalysisRequest request, string language, OwnEntities? own) => new(Local(request.At, request.TimeZone), language, request.Country, own);

    private static DateTimeOffset Local(DateTimeOffset at, string? zone) =>
        zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? TimeZoneInfo.ConvertTime(at, known) : at;
}

/// <summary>A value that one of the finders saw; several may claim the same characters.</summary>
internal readonly record struct Candidate(EntityKind Kind, int Offset, int Length, string Value, double Confidence, string? Name = null)
{
    public int End => Offset + Length;
}
