using System.Reflection;
using Orleans.CodeGeneration;

namespace Orleans.Engine;

/// <summary>Finds the manifests of all assemblies that this process uses; only assembly names are looked at, no types.</summary>
internal static class GrainManifests
{
    private static readonly string s_engine = typeof(GrainManifests).Assembly.GetName().Name!;

    public static IReadOnlyList<GrainManifest> Find()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var manifests = new List<GrainManifest>();
        var queue = new Queue<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic));
        while (queue.TryDequeue(out var assembly))
        {
            if (assembly.FullName is not { } name || IsFrameworks(name) || !seen.Add(name))
                continue;

            var references = assembly.GetReferencedAssemblies();
            if ((assembly == typeof(GrainManifests).Assembly || references.Any(reference => reference.Name == s_engine)) && assembly.GetCustomAttribute<GrainManifestAttribute>() is { } attribute)
                manifests.Add(attribute.Create());
            foreach (var reference in references)
            {
                if (!IsFrameworks(reference.FullName) && !seen.Contains(reference.FullName) && TryLoad(reference) is { } loaded)
                    queue.Enqueue(loaded);
            }
        }

        return manifests;
    }

    private static bool IsFrameworks(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal) || name.StartsWith("netstandard", StringComparison.Ordinal);

    private static Assembly? TryLoad(AssemblyName name)
    {
        try
        {
            return Assembly.Load(name);
        }
        catch (Exception exception) when (exception is FileNotFoundException or FileLoadException or BadImageFormatException)
        {
            // A reference that is not deployed cannot hold grains either.
            return null;
        }
    }
}
