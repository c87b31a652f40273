using Microsoft.CodeAnalysis;

namespace CustomerService.Generators;

internal static class GrainDiagnostics
{
    public static readonly DiagnosticDescriptor BadMethod = new(
        "GRAIN001", "Unsupported grain method", "{0}: {1}", "Grains", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static readonly DiagnosticDescriptor BadType = new(
        "GRAIN002", "Unsupported grain interface or class", "{0}: {1}", "Grains", DiagnosticSeverity.Error, isEnabledByDefault: true);
}

/// <summary>A diagnostic that compares by value, so that the generator's cache can tell whether anything changed.</summary>
internal sealed record Complaint(bool IsMethod, string Subject, string Reason, string File, int Start, int Length, int StartLine, int StartColumn, int EndLine, int EndColumn)
{
    public static Complaint About(ISymbol symbol, string reason, bool isMethod)
    {
        var location = symbol.Locations.FirstOrDefault() ?? Location.None;
        var span = location.GetLineSpan();
        return new(isMethod, symbol.ToDisplayString(), reason, span.Path ?? "", location.SourceSpan.Start, location.SourceSpan.Length,
            span.StartLinePosition.Line, span.StartLinePosition.Character, span.EndLinePosition.Line, span.EndLinePosition.Character);
    }

    public Diagnostic ToDiagnostic()
    {
        var location = Location.Create(File, new(Start, Length), new(new(StartLine, StartColumn), new(EndLine, EndColumn)));
        return Diagnostic.Create(IsMethod ? GrainDiagnostics.BadMethod : GrainDiagnostics.BadType, location, Subject, Reason);
    }
}
