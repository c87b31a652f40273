using System.Reflection;
using Orleans.CodeGeneration;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Engine;

/// <summary>What both directions of filtered calls show to a filter.</summary>
internal abstract class FilteredCall(GrainRequest request) : IGrainCallContext
{
    private int _stage;

    public IInvokable Request => request;

    public abstract object Grain { get; }

    public GrainId? SourceId => request.Source?.GrainId;

    public abstract GrainId TargetId { get; }

    public GrainInterfaceType InterfaceType => GrainInterfaceType.Create(InterfaceName);

    public string InterfaceName => Request.GetInterfaceName();

    public string MethodName => request.Method.Name;

    public MethodInfo InterfaceMethod => request.Method.Info;

    public object? Result { get; set; }

    protected GrainRequest Call => request;

    protected abstract int FilterCount { get; }

    // A filter may call Invoke again to retry: then the rest of the chain runs again.
    public async Task Invoke()
    {
        var stage = _stage;
        try
        {
            _stage = stage + 1;
            await (stage < FilterCount ? InvokeFilter(stage) : InvokeTarget());
        }
        finally
        {
            _stage = stage;
        }
    }

    protected abstract Task InvokeFilter(int index);

    protected abstract Task InvokeTarget();
}

internal sealed class IncomingCall(GrainRequest request, IMessageHost host, IIncomingGrainCallFilter[] filters) : FilteredCall(request), IIncomingGrainCallContext
{
    public override object Grain => host.Instance!;

    public override GrainId TargetId => host.GrainContext?.GrainId ?? default;

    public IGrainContext TargetContext => host.GrainContext!;

    public MethodInfo ImplementationMethod
    {
        get
        {
            var map = host.Instance!.GetType().GetInterfaceMap(Call.Method.InterfaceType);
            return map.TargetMethods[Array.IndexOf(map.InterfaceMethods, InterfaceMethod)];
        }
    }

    protected override int FilterCount => filters.Length;

    protected override Task InvokeFilter(int index) => filters[index].Invoke(this);

    protected override async Task InvokeTarget()
    {
        var task = Call.InvokeAsTask(host.Instance!);
        await task;
        Result = Call.ResultOf(task);
    }
}

internal sealed class OutgoingCall(GrainRequest request, GrainReference target, IOutgoingGrainCallFilter[] filters) : FilteredCall(request), IOutgoingGrainCallContext
{
    private bool _isSent;

    public override object Grain => target;

    public override GrainId TargetId => target.GrainId;

    public IGrainContext? SourceContext => Call.Source;

    protected override int FilterCount => filters.Length;

    protected override Task InvokeFilter(int index) => filters[index].Invoke(this);

    protected override async Task InvokeTarget()
    {
        // Filters may have set request context, or sent the call before.
        var call = _isSent ? Call.Again(target.Shape.Cluster) : Call;
        _isSent = true;
        call.Context = RequestContext.Values;
        target.Send(call);
        if (call.Answer is { } answer)
        {
            await answer;
            Result = call.ResultOf(answer);
        }
    }
}
