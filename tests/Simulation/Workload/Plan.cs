using CustomerService.Simulation.Scheduling;

namespace CustomerService.Simulation.Workload;

/// <summary>What contacts and agents do, and what goes wrong meanwhile: all of it drawn from one seed, each part can be left out.</summary>
/// <param name="Seed">Draws everything, also the order in which work runs.</param>
/// <param name="Length">After this all faults are mended and everything must come to rest.</param>
/// <param name="Acts">In order of time.</param>
/// <param name="Faults">In order of time.</param>
internal sealed record Plan(ulong Seed, TimeSpan Length, ImmutableArray<Act> Acts, ImmutableArray<Fault> Faults)
{
    public const int Contacts = 3;

    private static readonly ActKind[] s_kinds =
    [
        ActKind.Post, ActKind.Post, ActKind.Post, ActKind.Post, ActKind.Post, ActKind.Post, ActKind.AskForPerson, ActKind.Open, ActKind.Take, ActKind.Take,
        ActKind.Take, ActKind.Reply, ActKind.Reply, ActKind.Note, ActKind.HandBack, ActKind.Resolve, ActKind.Resolve, ActKind.Reopen,
    ];

    /// <summary>Draws a plan of bursts with pauses of seconds to hours between them; faults come near bursts, where there is something to break.</summary>
    public static Plan Of(ulong seed)
    {
        var chance = new Chance(Chance.Mix(seed, 0x706C616E));
        List<Act> acts = [];
        List<Fault> faults = [];
        var at = TimeSpan.FromSeconds(5);
        for (var bursts = 2 + chance.Below(10); bursts > 0; bursts--)
        {
            var contact = chance.Below(Contacts);
            for (var count = 1 + chance.Below(6); count > 0; count--)
            {
                var who = chance.Happens(0.8) ? contact : chance.Below(Contacts);
                acts.Add(new(acts.Count, at + chance.Between(TimeSpan.Zero, chance.Of(TimeSpan.FromMilliseconds(2), TimeSpan.FromSeconds(3))), chance.Of(s_kinds), who, chance.Below(Staff.All.Length)));
            }

            for (var count = chance.Below(3); count > 0; count--)
                faults.Add(Fault.Of(chance, faults.Count, at));
            at += chance.Of(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(20), TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(50)) * (0.5 + chance.Share());
        }

        return new(seed, at, [.. acts.OrderBy(act => act.At)], [.. faults.OrderBy(fault => fault.At)]);
    }

    public override string ToString() =>
        string.Join('\n', Acts.Select(act => (act.At, Text: act.ToString())).Concat(Faults.Select(fault => (fault.At, Text: fault.ToString()))).OrderBy(line => line.At).Select(line => $"  {line.At:hh\\:mm\\:ss\\.ffff}  {line.Text}"));
}

internal enum ActKind
{
    Post,
    AskForPerson,
    Open,
    Take,
    Reply,
    Note,
    HandBack,
    Resolve,
    Reopen,
}

/// <summary>One thing that somebody does.</summary>
internal sealed record Act(int Id, TimeSpan At, ActKind Kind, int Contact, int Agent)
{
    public string Address => $"visitor-{Contact}";

    public override string ToString() => Kind is ActKind.Post or ActKind.AskForPerson ? $"{Address} {Kind} (act {Id})" : $"{Staff.All[Agent].Id} {Kind} on {Address} (act {Id})";
}
