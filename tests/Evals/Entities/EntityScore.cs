using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Compares what was found with what should be: exact span and kind, and characters hidden at all.</summary>
internal sealed class EntityScore
{
    private readonly List<EntityCase> _cases;
    private readonly List<ImmutableArray<Entity>> _found;

    public EntityScore(List<EntityCase> cases, List<ImmutableArray<Entity>> found, TimeSpan elapsed)
    {
        (_cases, _found) = (cases, found);
        Microseconds = elapsed.TotalMicroseconds / cases.Count;
        var (right, expected, all) = Count(_ => true);
        F1 = F(right, expected, all, 1);
        F2 = F(right, expected, all, 2);
        CharactersF2 = MeasureCharacters();
        TokensF2 = MeasureTokens();
        Values = ValueShare();
    }

    public double F1 { get; }

    public double F2 { get; }

    /// <summary>F2 over tokens whose kind must be right, all kinds that are personal together: as Presidio's evaluator counts.</summary>
    public double TokensF2 { get; }

    /// <summary>F2 over characters, whatever the kind: how much of what is personal would be hidden.</summary>
    public double CharactersF2 { get; }

    /// <summary>Of the entities found in the right place, how many have the right normalised value.</summary>
    public double Values { get; }

    public double Microseconds { get; }

    /// <summary>How many of a kind there are, and how many of them were found in exactly their place.</summary>
    public (double Found, double All) Recall(EntityKind kind) => Count(k => k == kind) is var (right, expected, _) ? (right, expected) : default;

    public void Print(string title)
    {
        Console.WriteLine($"\n{title}: {_cases.Count} texts, tokens F2 {TokensF2:F3}, exact F1 {F1:F3}, F2 {F2:F3}, characters F2 {CharactersF2:F3}, values {Values:P1}, {Microseconds:F0} µs of CPU a text");
        Console.WriteLine($"  {"kind",-16} {"expected",8} {"recall",8} {"precision",9} {"F1",7} {"F2",7}");
        foreach (var kind in Enum.GetValues<EntityKind>())
        {
            var (right, expected, found) = Count(k => k == kind);
            if (expected + found > 0)
                Console.WriteLine($"  {kind,-16} {expected,8} {right / Math.Max(expected, 1),8:P1} {right / Math.Max(found, 1),9:P1} {F(right, expected, found, 1),7:F3} {F(right, expected, found, 2),7:F3}");
        }

        foreach (var error in Errors().Take(Environment.GetEnvironmentVariable("EVAL_ERRORS") is { } count ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 12))
            Console.WriteLine("    " + error);
    }

    private (double Right, double Expected, double Found) Count(Func<EntityKind, bool> kind)
    {
        var (right, expected, found) = (0, 0, 0);
        for (var i = 0; i < _cases.Count; i++)
        {
            var wanted = _cases[i].Expected.Where(e => kind(e.Kind)).ToList();
            var got = _found[i].Where(e => kind(e.Kind) && IsMeasured(i, e)).ToList();
            expected += wanted.Count;
            found += got.Count;
            right += got.Count(e => wanted.Exists(w => Matches(w, e)));
        }

        return (right, expected, found);
    }

    // The order ids' set annotates nothing else.
    private bool IsMeasured(int index, Entity entity) => _cases[index].Expected is not [{ Kind: EntityKind.OrderId }] || entity.Kind == EntityKind.OrderId;

    private static bool Matches(ExpectedEntity wanted, Entity found) => (wanted.Kind, wanted.Offset, wanted.Length) == (found.Kind, found.Offset, found.Length);

    private static double F(double right, double expected, double found, double beta) =>
        expected + found == 0 ? 0 : (1 + beta * beta) * right / (beta * beta * expected + found);

    private double MeasureTokens()
    {
        var (right, expected, found) = (0.0, 0.0, 0.0);
        for (var i = 0; i < _cases.Count; i++)
        {
            foreach (var token in Tokens.Of(_cases[i].Text).Where(token => char.IsLetterOrDigit(_cases[i].Text[token.Offset])))
            {
                var wanted = _cases[i].Expected.Find(e => e.Offset < token.End && token.Offset < e.Offset + e.Length)?.Kind;
                var got = _found[i].FirstOrDefault(e => e.Offset < token.End && token.Offset < e.Offset + e.Length && IsPersonal(e.Kind))?.Kind;
                expected += wanted is not null ? 1 : 0;
                found += got is not null ? 1 : 0;
                right += got is not null && got == wanted ? 1 : 0;
            }
        }

        return F(right, expected, found, 2);
    }

    private static bool IsPersonal(EntityKind kind) => kind is not (EntityKind.Money or EntityKind.OrderId or EntityKind.Sku or EntityKind.TrackingNumber or EntityKind.Own);

    private double MeasureCharacters()
    {
        var (right, expected, found) = (0.0, 0.0, 0.0);
        for (var i = 0; i < _cases.Count; i++)
        {
            var text = _cases[i].Text;
            var wanted = new bool[text.Length];
            var got = new bool[text.Length];
            foreach (var e in _cases[i].Expected)
                wanted.AsSpan(e.Offset, e.Length).Fill(true);
            foreach (var e in _found[i])
                got.AsSpan(e.Offset, e.Length).Fill(true);
            for (var c = 0; c < text.Length; c++)
            {
                expected += wanted[c] ? 1 : 0;
                found += got[c] ? 1 : 0;
                right += wanted[c] && got[c] ? 1 : 0;
            }
        }

        return F(right, expected, found, 2);
    }

    private double ValueShare()
    {
        var pairs = _cases.Zip(_found).SelectMany(p => from wanted in p.First.Expected
                                                       where wanted.Value is not null
                                                       from got in p.Second
                                                       where Matches(wanted, got)
                                                       select wanted.Value == got.Value).ToList();
        return pairs.Count == 0 ? 0 : pairs.Average(same => same ? 1 : 0);
    }

    private IEnumerable<string> Errors()
    {
        for (var i = 0; i < _cases.Count; i++)
        {
            var index = i;
            var missed = _cases[i].Expected.Where(w => !_found[index].Any(f => Matches(w, f))).Select(w => $"missed {w.Kind} '{_cases[index].Text.Substring(w.Offset, w.Length)}'").ToList();
            var wrong = _found[i].Where(f => IsMeasured(index, f) && !_cases[index].Expected.Exists(w => Matches(w, f))).Select(f => $"found {f.Kind} '{f.Text}'").ToList();
            var values = _cases[i].Expected.SelectMany(w => _found[index].Where(f => Matches(w, f) && w.Value is not null && w.Value != f.Value).Select(f => $"value {f.Value}, not {w.Value}"));
            var all = missed.Concat(wrong).Concat(values).ToList();
            if (all.Count > 0)
                yield return (string.Join("; ", all) + " in: " + _cases[i].Text[..Math.Min(_cases[i].Text.Length, 160)]).ReplaceLineEndings("⏎");
        }
    }
}
