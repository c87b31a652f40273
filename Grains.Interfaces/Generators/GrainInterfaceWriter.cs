using System.Text;
using Microsoft.CodeAnalysis;

namespace CustomerService.Generators;

/// <summary>Writes the reference class of a grain interface.</summary>
internal static class GrainInterfaceWriter
{
    public static Piece? Write(INamedTypeSymbol type)
    {
        if (!type.IsGrainInterface())
            return null;

        if (type.IsGenericType || type.ContainingType is { IsGenericType: true })
            return Complain(type, "a grain interface must not be generic on the embedded engine");
        if (!type.IsReachable())
            return Complain(type, "a grain interface must be at least internal, so that its reference class can implement it");

        var complaints = new List<Complaint>();
        var members = new StringBuilder();
        var number = 0;
        foreach (var member in type.AllInterfaces.Insert(0, type).SelectMany(part => part.GetMembers()))
        {
            if (member.IsStatic || !member.IsAbstract || member is IMethodSymbol { AssociatedSymbol: not null })
                continue;

            if (member is not IMethodSymbol method)
                complaints.Add(Complaint.About(member, "a grain interface has methods only", isMethod: true));
            else if (GrainMethodWriter.WhyUnsupported(method) is { } reason)
                complaints.Add(Complaint.About(method, reason, isMethod: true));
            else
                GrainMethodWriter.Write(method, number++, members);
        }

        var flat = type.Flat();
        var source = $$"""
            {{Piece.Header}}
            namespace OrleansGenerated
            {
                internal sealed class {{flat}}_Reference : global::Orleans.Runtime.GrainReference, {{type.Full()}}
                {
                    public {{flat}}_Reference(global::Orleans.Engine.ReferenceShape shape, global::Orleans.Runtime.IdSpan key) : base(shape, key) { }

            {{members}}
                }
            }
            """;
        var registration = $"registry.AddInterface<{type.Full()}>(static (shape, key) => new {flat}_Reference(shape, key));";
        return complaints.Count > 0 ? new(flat, null, null, [.. complaints]) : new(flat, source, registration, []);
    }

    private static Piece Complain(INamedTypeSymbol type, string reason) => new(type.Flat(), null, null, [Complaint.About(type, reason, isMethod: false)]);
}
