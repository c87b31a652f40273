using System.Globalization;

namespace Orleans.Runtime;

/// <summary>Integer keys are written in hexadecimal, GUID keys as 32 digits, either with <c>+extension</c> behind it.</summary>
public static class GrainIdKeyExtensions
{
    public static IdSpan CreateIntegerKey(long key) => IdSpan.Create(key.ToString("X", CultureInfo.InvariantCulture));

    public static IdSpan CreateIntegerKey(long key, string? keyExtension) => WithExtension(CreateIntegerKey(key), keyExtension);

    public static IdSpan CreateGuidKey(Guid key) => IdSpan.Create(key.ToString("N"));

    public static IdSpan CreateGuidKey(Guid key, string? keyExtension) => WithExtension(CreateGuidKey(key), keyExtension);

    public static bool TryGetIntegerKey(this GrainId grainId, out long key, out string? keyExt) =>
        long.TryParse(Split(grainId, out keyExt), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out key);

    public static long GetIntegerKey(this GrainId grainId) => grainId.GetIntegerKey(out _);

    public static long GetIntegerKey(this GrainId grainId, out string? keyExt) => grainId.TryGetIntegerKey(out var key, out keyExt)
        ? key
        : throw new InvalidOperationException($"Unable to extract integer key from grain id {grainId}");

    public static bool TryGetGuidKey(this GrainId grainId, out Guid key, out string? keyExt) =>
        Guid.TryParseExact(Split(grainId, out keyExt), "N", out key);

    public static Guid GetGuidKey(this GrainId grainId) => grainId.GetGuidKey(out _);

    public static Guid GetGuidKey(this GrainId grainId, out string? keyExt) => grainId.TryGetGuidKey(out var key, out keyExt)
        ? key
        : throw new InvalidOperationException($"Unable to extract GUID key from grain id {grainId}");

    private static IdSpan WithExtension(IdSpan key, string? extension) =>
        string.IsNullOrWhiteSpace(extension) ? key : IdSpan.Create($"{key}+{extension}");

    private static ReadOnlySpan<char> Split(GrainId grainId, out string? extension)
    {
        var text = grainId.Key.ToString();
        var plus = text.IndexOf('+');
        extension = plus < 0 ? null : text[(plus + 1)..];
        return plus < 0 ? text : text.AsSpan(0, plus);
    }
}
