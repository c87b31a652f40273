using System.Reflection;
using Orleans.Engine;

namespace Orleans.CodeGeneration;

/// <summary>What is the same for all calls of one grain method.</summary>
/// <param name="interfaceType">The interface that declares it.</param>
/// <param name="name">The method's name.</param>
/// <param name="options">From its attributes.</param>
/// <param name="responseTimeout">A <see cref="TimeSpan"/> as text, or null for the default.</param>
/// <param name="parameters">The types of its parameters.</param>
public sealed class GrainMethod(Type interfaceType, string name, MessageOptions options, string? responseTimeout, params Type[] parameters)
{
    private MethodInfo? _method;

    public Type InterfaceType => interfaceType;

    public string Name => name;

    public MessageOptions Options => options;

    public TimeSpan? ResponseTimeout { get; } = responseTimeout is null ? null : new ResponseTimeoutAttribute(responseTimeout).Timeout;

    public MethodInfo Info => _method ??= interfaceType.GetMethod(name, parameters)
        ?? throw new MissingMethodException(interfaceType.FullName, name);

    public override string ToString() => $"{interfaceType.Name}.{name}";
}
