using System.Text;
using Microsoft.CodeAnalysis;

namespace CustomerService.Generators;

/// <summary>Writes one method of a reference class and the request class behind it.</summary>
internal static class GrainMethodWriter
{
    private const string Token = "System.Threading.CancellationToken";

    public static string? WhyUnsupported(IMethodSymbol method)
    {
        if (method.IsGenericMethod)
            return "a grain method must not be generic on the embedded engine";
        if (method.Parameters.Any(parameter => parameter.RefKind != RefKind.None || parameter.Type.IsRefLikeType))
            return "a parameter of a grain method is passed by value and is no ref struct";
        if (method.Parameters.Count(parameter => parameter.Type.IsNamed(Token)) > 1)
            return "a grain method takes at most one CancellationToken";
        if (IsOneWay(method) && (Result(method) ?? Element(method)) is not null)
            return "a one-way method returns nothing to wait for: void, Task or ValueTask";

        return method.ReturnsVoid || IsTask(method.ReturnType) || Element(method) is not null
            ? null
            : "a grain method returns void, Task, Task<T>, ValueTask, ValueTask<T> or IAsyncEnumerable<T>";
    }

    public static void Write(IMethodSymbol method, int number, StringBuilder source)
    {
        if (Element(method) is { } element)
            WriteEnumeration(method, element, number, source);
        else
            WriteCall(method, number, source);
    }

    private static void WriteCall(IMethodSymbol method, int number, StringBuilder source)
    {
        var result = Result(method);
        var parameters = method.Parameters;
        var token = parameters.FirstOrDefault(parameter => parameter.Type.IsNamed(Token));
        var carried = parameters.Where(parameter => !parameter.Type.IsNamed(Token)).ToList();
        var signature = string.Join(", ", parameters.Select(parameter => $"{parameter.Type.Full()} a{parameter.Ordinal}"));
        var given = string.Join(", ", carried.Select(parameter => $"a{parameter.Ordinal}"));
        var call = $"Call(new Request{number}({given}){(token is null ? "" : $", a{token.Ordinal}")})";
        var isValueTask = method.ReturnType.Name == "ValueTask";
        var body = method.ReturnsVoid ? call : isValueTask ? $"new({call})" : call;

        source.AppendLine($$"""
                    {{method.ReturnType.Full()}} {{method.ContainingType.Full()}}.{{Escaped(method.Name)}}({{signature}}) => {{body}};

                    private sealed class Request{{number}} : {{(result is null ? "global::Orleans.CodeGeneration.GrainAction" : $"global::Orleans.CodeGeneration.GrainRequest<{result.Full()}>")}}
                    {
                        private static readonly global::Orleans.CodeGeneration.GrainMethod s_method = new(typeof({{method.ContainingType.Full()}}), "{{method.Name}}", {{Options(method)}}, {{Timeout(method)}}{{string.Concat(parameters.Select(parameter => $", typeof({parameter.Type.Full()})"))}});
            """);
        foreach (var parameter in carried)
            source.AppendLine($"            private {parameter.Type.Full()} _a{parameter.Ordinal};");
        source.AppendLine($$"""

                        public Request{{number}}({{string.Join(", ", carried.Select(parameter => $"{parameter.Type.Full()} a{parameter.Ordinal}"))}}) { {{string.Concat(carried.Select(parameter => $"_a{parameter.Ordinal} = a{parameter.Ordinal}; "))}}}

                        public override global::Orleans.CodeGeneration.GrainMethod Method => s_method;

                        {{Invocation(method, result)}}

                        public override int GetArgumentCount() => {{parameters.Length}};

                        public override object GetArgument(int index) => index switch { {{string.Concat(parameters.Select(parameter => $"{parameter.Ordinal} => {Argument(parameter)}, "))}}_ => throw new global::System.ArgumentOutOfRangeException(nameof(index)) };

                        public override void SetArgument(int index, object value)
                        {
                            switch (index)
                            {
            {{string.Concat(carried.Select(parameter => $"                    case {parameter.Ordinal}: _a{parameter.Ordinal} = ({parameter.Type.Full()})value; break;\n"))}}                    default: throw new global::System.ArgumentOutOfRangeException(nameof(index));
                            }
                        }
                    }

            """);
    }

    private static void WriteEnumeration(IMethodSymbol method, ITypeSymbol element, int number, StringBuilder source)
    {
        var parameters = method.Parameters;
        var token = parameters.FirstOrDefault(parameter => parameter.Type.IsNamed(Token));
        var carried = parameters.Where(parameter => !parameter.Type.IsNamed(Token)).ToList();
        var given = string.Join(", ", carried.Select(parameter => $"a{parameter.Ordinal}"));
        var arguments = string.Join(", ", parameters.Select(parameter => parameter.Type.IsNamed(Token) ? "token" : $"_a{parameter.Ordinal}"));
        source.AppendLine($$"""
                    {{method.ReturnType.Full()}} {{method.ContainingType.Full()}}.{{Escaped(method.Name)}}({{string.Join(", ", parameters.Select(parameter => $"{parameter.Type.Full()} a{parameter.Ordinal}"))}}) => Enumerate(new Request{{number}}({{given}}){{(token is null ? "" : $", a{token.Ordinal}")}});

                    private sealed class Request{{number}} : global::Orleans.Runtime.AsyncEnumerableRequest<{{element.Full()}}>
                    {
            """);
        foreach (var parameter in carried)
            source.AppendLine($"            private readonly {parameter.Type.Full()} _a{parameter.Ordinal};");
        source.AppendLine($$"""

                        public Request{{number}}({{string.Join(", ", carried.Select(parameter => $"{parameter.Type.Full()} a{parameter.Ordinal}"))}}) { {{string.Concat(carried.Select(parameter => $"_a{parameter.Ordinal} = a{parameter.Ordinal}; "))}}}

                        protected override {{method.ReturnType.Full()}} Invoke(object grain, global::System.Threading.CancellationToken token) => (({{method.ContainingType.Full()}})grain).{{Escaped(method.Name)}}({{arguments}});
                    }

            """);
    }

    private static string Invocation(IMethodSymbol method, ITypeSymbol? result)
    {
        var arguments = string.Join(", ", method.Parameters.Select(Argument));
        var call = $"(({method.ContainingType.Full()})grain).{Escaped(method.Name)}({arguments})";
        var type = result is null ? "global::System.Threading.Tasks.ValueTask" : $"global::System.Threading.Tasks.ValueTask<{result.Full()}>";
        var body = method.ReturnsVoid ? $"{{ {call}; return default; }}" : method.ReturnType.Name == "ValueTask" ? $"=> {call};" : $"=> new({call});";
        return $"protected override {type} Invoke(object grain) {body}";
    }

    private static string Argument(IParameterSymbol parameter) => parameter.Type.IsNamed(Token) ? "Token" : $"_a{parameter.Ordinal}";

    private static string Escaped(string name) => "@" + name;

    private static bool IsTask(ITypeSymbol type) =>
        type.ContainingNamespace?.ToDisplayString() == "System.Threading.Tasks" && type.Name is "Task" or "ValueTask";

    private static ITypeSymbol? Result(IMethodSymbol method) =>
        method.ReturnType is INamedTypeSymbol { TypeArguments.Length: 1 } task && IsTask(task) ? task.TypeArguments[0] : null;

    private static ITypeSymbol? Element(IMethodSymbol method) =>
        method.ReturnType.IsNamed("System.Collections.Generic.IAsyncEnumerable<T>") ? ((INamedTypeSymbol)method.ReturnType).TypeArguments[0] : null;

    private static bool IsOneWay(IMethodSymbol method) => method.ReturnsVoid || method.HasAttribute("Orleans.Concurrency.OneWayAttribute");

    private static string Options(IMethodSymbol method)
    {
        const string options = "global::Orleans.Engine.MessageOptions.";
        var text = options + "None";
        if (method.HasAttribute("Orleans.Concurrency.ReadOnlyAttribute"))
            text += " | " + options + "ReadOnly";
        if (method.HasAttribute("Orleans.Concurrency.AlwaysInterleaveAttribute"))
            text += " | " + options + "AlwaysInterleave";
        if (IsOneWay(method))
            text += " | " + options + "OneWay";
        return text;
    }

    private static string Timeout(IMethodSymbol method) =>
        method.Attribute("Orleans.ResponseTimeoutAttribute")?.ConstructorArguments.FirstOrDefault().Value is string timeout
            ? Microsoft.CodeAnalysis.CSharp.SymbolDisplay.FormatLiteral(timeout, quote: true)
            : "null";
}
