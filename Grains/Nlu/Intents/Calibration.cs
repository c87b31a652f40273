namespace CustomerService.Nlu;

/// <summary>Whether confidence means what it says.</summary>
internal static class Calibration
{
    private const int Bands = 10;

    /// <summary>How far confidence is from the share of right answers, on average over ten bands of confidence.</summary>
    public static double Error(IEnumerable<(double Confidence, bool IsRight)> answers)
    {
        var all = answers.ToList();
        return all.GroupBy(answer => Math.Min((int)(answer.Confidence * Bands), Bands - 1))
            .Sum(band => Math.Abs(band.Sum(answer => answer.Confidence - (answer.IsRight ? 1 : 0)))) / all.Count;
    }
}
