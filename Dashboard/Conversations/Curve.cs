using System.Globalization;

namespace CustomerService.Conversations;

/// <summary>Where the points of a sentiment curve lie in a picture: −1 at the bottom, 1 at the top.</summary>
internal static class Curve
{
    public static double X(int index, int count, double width, double margin) =>
        count < 2 ? width / 2 : margin + (index * (width - (2 * margin)) / (count - 1));

    public static double Y(double value, double height, double margin) =>
        margin + ((1 - Math.Clamp(value, -1, 1)) / 2 * (height - (2 * margin)));

    /// <returns>The data of an SVG path through the smoothed values.</returns>
    public static string Path(ImmutableArray<SentimentPoint> points, double width, double height, double margin) =>
        "M" + string.Join('L', points.Select((point, i) =>
            $"{Coordinate(X(i, points.Length, width, margin))} {Coordinate(Y(point.Smoothed, height, margin))}"));

    public static string Coordinate(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
