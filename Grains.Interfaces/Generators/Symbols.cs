using Microsoft.CodeAnalysis;

namespace CustomerService.Generators;

/// <summary>Questions about symbols that both writers ask.</summary>
internal static class Symbols
{
    private static readonly SymbolDisplayFormat s_full = SymbolDisplayFormat.FullyQualifiedFormat
        .WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.UseSpecialTypes | SymbolDisplayMiscellaneousOptions.EscapeKeywordIdentifiers);

    public static string Full(this ITypeSymbol type) => type.ToDisplayString(s_full);

    public static string Plain(this ITypeSymbol type) => type.ToDisplayString().Replace("?", "");

    public static bool IsNamed(this ITypeSymbol? type, string name) => type is not null && type.OriginalDefinition.ToDisplayString() == name;

    public static bool HasAttribute(this ISymbol symbol, string name) => symbol.GetAttributes().Any(attribute => attribute.AttributeClass.IsNamed(name));

    public static AttributeData? Attribute(this ISymbol symbol, string name) => symbol.GetAttributes().FirstOrDefault(attribute => attribute.AttributeClass.IsNamed(name));

    public static bool IsGrainInterface(this INamedTypeSymbol type) =>
        type.TypeKind == TypeKind.Interface
        && !type.IsMarker()
        && type.AllInterfaces.Any(parent => parent.ToDisplayString() == "Orleans.Runtime.IAddressable");

    /// <summary>Whether this is one of Orleans' own interfaces that only say what kind of key or object there is.</summary>
    private static bool IsMarker(this INamedTypeSymbol type) =>
        type.ContainingNamespace.ToDisplayString() == "Orleans" && (type.Name is "IGrain" or "IGrainObserver" || type.Name.StartsWith("IGrainWith", StringComparison.Ordinal));

    /// <summary>A name for a generated file and class, made of the full name.</summary>
    public static string Flat(this INamedTypeSymbol type) => type.ToDisplayString().Replace('.', '_').Replace('<', '_').Replace('>', '_').Replace(", ", "_");

    public static bool IsReachable(this INamedTypeSymbol type)
    {
        for (var part = type; part is not null; part = part.ContainingType)
        {
            if (part.DeclaredAccessibility is Accessibility.Private or Accessibility.Protected or Accessibility.ProtectedAndInternal || part.IsFileLocal)
                return false;
        }

        return true;
    }
}
