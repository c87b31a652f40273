using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CustomerService.Generators;

/// <summary>Writes a grain class's line of the manifest: how to construct it and which grain interfaces it has.</summary>
internal static class GrainClassWriter
{
    public static Piece? Write(INamedTypeSymbol type)
    {
        if (type.IsAbstract || type.AllInterfaces.All(parent => parent.ToDisplayString() != "Orleans.IGrainBase"))
            return null;

        var interfaces = type.AllInterfaces.Where(Symbols.IsGrainInterface).ToList();
        if (interfaces.Count == 0)
            return null;

        if (type.IsGenericType || type.ContainingType is { IsGenericType: true })
            return Complain(type, "a grain class must not be generic on the embedded engine");
        if (!type.IsReachable())
            return Complain(type, "a grain class must be at least internal, so that the engine can construct it");
        if (Constructor(type) is not { } constructor)
            return Complain(type, "a grain class needs a constructor that is at least internal");

        // The most derived interfaces first: a reference to the grain itself is of the first one.
        var ordered = interfaces.OrderByDescending(one => one.AllInterfaces.Length).ThenBy(one => one.ToDisplayString(), StringComparer.Ordinal);
        var arguments = string.Join(", ", constructor.Parameters.Select(Argument));
        var dependencies = string.Join(", ", constructor.Parameters.Where(IsService).Select(parameter => $"typeof({parameter.Type.Full()})"));
        var registration = $"registry.AddGrain<{type.Full()}>(static c => new {type.Full()}({arguments}), "
            + $"new global::System.Type[] {{ {dependencies} }}, new global::System.Type[] {{ {string.Join(", ", ordered.Select(one => $"typeof({one.Full()})"))} }});";
        return new(type.Flat(), null, registration, []);
    }

    private static IMethodSymbol? Constructor(INamedTypeSymbol type)
    {
        var reachable = type.InstanceConstructors.Where(one => one.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.ProtectedOrInternal).ToList();
        return reachable.FirstOrDefault(one => one.HasAttribute("Microsoft.Extensions.DependencyInjection.ActivatorUtilitiesConstructorAttribute"))
            ?? reachable.OrderByDescending(one => one.Parameters.Length).FirstOrDefault();
    }

    private static bool IsService(IParameterSymbol parameter) =>
        !parameter.Type.IsNamed("Orleans.Runtime.IGrainContext") && State(parameter) is null && Key(parameter) is null;

    private static string Argument(IParameterSymbol parameter)
    {
        var type = parameter.Type.Full();
        if (parameter.Type.IsNamed("Orleans.Runtime.IGrainContext"))
            return "c.Context";
        if (State(parameter) is { } state && parameter.Type is INamedTypeSymbol { TypeArguments.Length: 1 } persistent)
            return $"c.State<{persistent.TypeArguments[0].Full()}>({Literal(state.ConstructorArguments[0])}, {Literal(state.ConstructorArguments.ElementAtOrDefault(1))})";
        if (Key(parameter) is { } key)
            return $"c.KeyedService<{type}>({Literal(key.ConstructorArguments[0])})";

        return parameter.HasExplicitDefaultValue && !parameter.Type.IsValueType ? $"c.OptionalService<{type}>()" : $"c.Service<{type}>()";
    }

    private static AttributeData? State(IParameterSymbol parameter) => parameter.Attribute("Orleans.Runtime.PersistentStateAttribute");

    private static AttributeData? Key(IParameterSymbol parameter) =>
        parameter.Attribute("Microsoft.Extensions.DependencyInjection.FromKeyedServicesAttribute");

    private static string Literal(TypedConstant constant) => constant.IsNull || constant.Kind == TypedConstantKind.Error ? "null" : constant.ToCSharpString();

    private static Piece Complain(INamedTypeSymbol type, string reason) => new(type.Flat(), null, null, [Complaint.About(type, reason, isMethod: false)]);
}
