using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Evals;

/// <summary>One measured number, and the peer's or the limit's beside it.</summary>
internal sealed record Figure(string Name, double Value, string Unit, double? Peer = null)
{
    public double? Ratio => Peer is { } peer && peer != 0 ? Math.Round(Value / peer, 3) : null;

    /// <summary>Prints the figures and writes them to <c>artifacts/&lt;name&gt;.json</c>.</summary>
    public static void Publish(IReadOnlyCollection<Figure> figures, string root, string name)
    {
        Console.WriteLine($"\n{"figure",-36} {"value",10}  {"unit",-12} {"peer",8} {"ratio",7}");
        foreach (var figure in figures)
            Console.WriteLine($"{figure.Name,-36} {figure.Value,10:0.####}  {figure.Unit,-12} {figure.Peer,8:0.####} {figure.Ratio,7:0.###}");
        var folder = Directory.CreateDirectory(Path.Combine(root, "artifacts"));
        File.WriteAllText(Path.Combine(folder.FullName, name + ".json"), JsonSerializer.Serialize(figures, FigureJson.Default.IReadOnlyCollectionFigure));
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(IReadOnlyCollection<Figure>))]
internal sealed partial class FigureJson : JsonSerializerContext;
