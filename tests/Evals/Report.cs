namespace CustomerService.Evals;

/// <summary>Tables that the evaluations print.</summary>
internal static class Report
{
    private const int MostConfusions = 10, MostWorst = 5;

    /// <summary>Prints how often each class is found (recall) and is right when named (precision) and what it is taken for, and returns the mean F1.</summary>
    public static double Classes(string title, IEnumerable<(string Truth, string Said)> answers)
    {
        var all = answers.ToList();
        Console.WriteLine($"\n{title}: {all.Count} texts, accuracy {all.Average(a => a.Truth == a.Said ? 1.0 : 0):P2}");
        Console.WriteLine($"  {"class",-28} {"texts",6} {"recall",8} {"precision",9} {"F1",7}");
        var scores = new List<double>();
        foreach (var label in all.Select(a => a.Truth).Distinct().Order())
        {
            double right = all.Count(a => a.Truth == label && a.Said == label), truth = all.Count(a => a.Truth == label), said = all.Count(a => a.Said == label);
            var f1 = 2 * right / (truth + said);
            scores.Add(f1);
            Console.WriteLine($"  {label,-28} {truth,6} {right / truth,8:P1} {(said > 0 ? right / said : 0),9:P1} {f1,7:F3}");
        }

        Confusions(all);
        return scores.Average();
    }

    /// <summary>Prints the wrong answers that were given with most confidence.</summary>
    public static void Worst(string title, IEnumerable<(string Text, string Truth, string Said, double Confidence)> answers) =>
        Misses($"{title}, the worst", answers.Where(a => a.Truth != a.Said).OrderByDescending(a => a.Confidence).Take(MostWorst).Select(a => (a.Text, a.Truth, $"{a.Said} {a.Confidence:F2}")));

    private static void Confusions(List<(string Truth, string Said)> answers)
    {
        var wrong = answers.Where(a => a.Truth != a.Said).ToList();
        foreach (var (pair, count) in wrong.CountBy(a => a).OrderByDescending(pair => pair.Value).Take(MostConfusions))
            Console.WriteLine($"  {count,5} x {pair.Truth} taken for {pair.Said}");
    }

    /// <summary>Prints the texts that were answered wrongly.</summary>
    public static void Misses(string title, IEnumerable<(string Text, string Truth, string Said)> answers)
    {
        var all = answers.ToList();
        Console.WriteLine($"\n{title}: {all.Count(a => a.Truth != a.Said)} of {all.Count} wrong");
        foreach (var (text, truth, said) in all.Where(a => a.Truth != a.Said))
            Console.WriteLine($"  {(text.Length > 100 ? text[..100] + "…" : text)}  {truth} -> {said}");
    }
}
