namespace CustomerService.Nlu;

/// <summary>Decides which of several claims to the same characters holds.</summary>
internal static class Overlaps
{
    /// <summary>What a check digit proves wins, then the longer claim, then the surer one; the rest is settled by place and kind, so that the answer is always the same.</summary>
    public static ImmutableArray<Entity> Resolve(string text, List<Candidate> found)
    {
        found.Sort(static (a, b) =>
            (b.Confidence >= 1).CompareTo(a.Confidence >= 1) is not 0 and var proven ? proven
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
        return [.. taken.Select(c => new Entity(c.Kind, c.Offset, c.Length, text.Substring(c.Offset, c.Length), c.Value, c.Confidence))];
    }
}
