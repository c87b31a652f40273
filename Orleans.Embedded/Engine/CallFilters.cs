using Orleans.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>A filter that can be left out while it has nothing to do, so that calls stay on the short path.</summary>
internal interface ISleepingFilter
{
    bool IsAwake { get; }
}

/// <summary>The filters around calls: registered ones in order, then the grain itself when it is one.</summary>
internal sealed class CallFilters(IEnumerable<IIncomingGrainCallFilter> incoming, IEnumerable<IOutgoingGrainCallFilter> outgoing)
{
    private readonly IIncomingGrainCallFilter[] _incoming = [.. incoming];
    private readonly IOutgoingGrainCallFilter[] _outgoing = [.. outgoing];

    public bool HasOutgoing => _outgoing.Length > 0 && AnyAwake(_outgoing);

    public bool Intercept(IMessageHost host) => (_incoming.Length > 0 && AnyAwake(_incoming)) || host.Instance is IIncomingGrainCallFilter;

    /// <summary>Runs the incoming filters, the method in their midst; the task's result is what they made of the method's.</summary>
    public async Task<object?> InvokeIncoming(GrainRequest request, IMessageHost host)
    {
        IIncomingGrainCallFilter[] filters = host.Instance is IIncomingGrainCallFilter own ? [.. _incoming, own] : _incoming;
        var call = new IncomingCall(request, host, filters);
        await call.Invoke();
        return call.Result;
    }

    /// <summary>Runs the outgoing filters, the call in their midst; the call's context ends with what they made of the result.</summary>
    public async Task<object?> InvokeOutgoing(GrainRequest request, GrainReference target)
    {
        var call = new OutgoingCall(request, target, _outgoing);
        await call.Invoke();
        return call.Result;
    }

    private static bool AnyAwake(object[] filters)
    {
        foreach (var filter in filters)
        {
            if (filter is not ISleepingFilter { IsAwake: false })
                return true;
        }

        return false;
    }
}
