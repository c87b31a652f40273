using System.Reflection;

namespace Orleans.Serialization.Invocation;

/// <summary>One call of a grain method, with its arguments, as call filters see it.</summary>
public interface IInvokable : IDisposable
{
    object? GetTarget();

    int GetArgumentCount();

    object? GetArgument(int index);

    void SetArgument(int index, object? value);

    string GetMethodName();

    string GetInterfaceName();

    string GetActivityName();

    MethodInfo GetMethod();

    Type GetInterfaceType();

    TimeSpan? GetDefaultResponseTimeout() => default;

    CancellationToken GetCancellationToken() => default;

    bool TryCancel() => false;

    bool IsCancellable => false;
}
