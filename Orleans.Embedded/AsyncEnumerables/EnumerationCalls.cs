using Orleans.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>Asks a grain for the next elements; the first such call of an enumeration also begins it.</summary>
internal sealed class NextElements<T>(Guid id, AsyncEnumerableRequest<T>? begin) : GrainRequest<(EnumerationResult Status, object? Value)>
{
    private static readonly GrainMethod s_start = new(
        typeof(IAsyncEnumerableGrainExtension), nameof(IAsyncEnumerableGrainExtension.StartEnumeration), MessageOptions.AlwaysInterleave, null,
        typeof(Guid), typeof(AsyncEnumerableRequest<>).MakeGenericType(Type.MakeGenericMethodParameter(0)), typeof(CancellationToken));

    private static readonly GrainMethod s_moveNext = new(
        typeof(IAsyncEnumerableGrainExtension), nameof(IAsyncEnumerableGrainExtension.MoveNext), MessageOptions.AlwaysInterleave, null, typeof(Guid), typeof(CancellationToken));

    public override GrainMethod Method => begin is null ? s_moveNext : s_start;

    public override int GetArgumentCount() => begin is null ? 2 : 3;

    public override object? GetArgument(int index) => index == 0 ? id : index == GetArgumentCount() - 1 ? Token : begin;

    public override void SetArgument(int index, object? value) => throw new NotSupportedException("The calls behind an enumeration cannot be changed.");

    protected override ValueTask<(EnumerationResult Status, object? Value)> Invoke(object grain)
    {
        var enumerators = Enumerators.Of(RuntimeContext.Activation!);
        return begin is null ? enumerators.MoveNextAsync(id, Token) : enumerators.BeginAsync(id, begin, grain, Token);
    }
}

/// <summary>Ends an enumeration that its consumer has left.</summary>
internal sealed class EndEnumeration(Guid id) : GrainAction
{
    private static readonly GrainMethod s_dispose =
        new(typeof(IAsyncEnumerableGrainExtension), nameof(IAsyncEnumerableGrainExtension.DisposeAsync), MessageOptions.AlwaysInterleave, null, typeof(Guid));

    public override GrainMethod Method => s_dispose;

    public override int GetArgumentCount() => 1;

    public override object? GetArgument(int index) => id;

    public override void SetArgument(int index, object? value) => throw new NotSupportedException("The calls behind an enumeration cannot be changed.");

    protected override ValueTask Invoke(object grain) => Enumerators.Of(RuntimeContext.Activation!).EndAsync(id);
}
