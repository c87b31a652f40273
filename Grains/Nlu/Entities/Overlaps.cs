namespace CustomerService.Nlu;

/// <summary>Decides which of several claims to the same characters holds.</summary>
internal static class Overlaps
{
    /// <summary>What the tenant described and what a check digit proves wins, then what its shape or an announcing word makes sure, then the longer claim, then the surer one; the rest is settled by place and kind, so that the answer is always the same.</summary>
    public static ImmutableArray<Entity> Resolve(string text, List<Candidate> found)
    {
        found.Sort(static (a, b) =>
            Rank(a).CompareTo(Rank(b)) is not 0 and var rank ? rank
            : b.Length.CompareTo(a.Length) is not 0 and var longer ? longer
            : b.Confidence.CompareTo(a.Confidence) is not 0 and var surer ? surer
            : a.Offset.CompareTo(b.Offset) is not 0 and var earlier ? earlier
            : a.Kind.CompareTo(b.Kind));

        var taken = new List<Candidate>(found.Count);
        foreach (var candidate in found)
        {
            if (!taken.Exists(other => other.Offset < candidate.End && candidate.Offset < other.End))
                taken.Add(candidate);
        }

        taken.Sort(static (a, b) => a.Offset.CompareTo(b.Offset));
        return [.. taken.Select(c => new Entity(c.Kind, c.Offset, c.Length, text.Substring(c.Offset, c.Length), c.Value, c.Confidence, c.Name))];
    }

    private static int Rank(Candidate candidate) => candidate.Confidence >= 1 || candidate.Kind == EntityKind.Own ? 0 : candidate.Confidence >= 0.9 && !IsLoose(candidate.Kind) ? 1 : 2;

    // A street may be named after a day or a person.
    private static bool IsLoose(EntityKind kind) => kind is EntityKind.Person or EntityKind.Address or EntityKind.Company or EntityKind.Date;
}
