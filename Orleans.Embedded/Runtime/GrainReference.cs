using Orleans.CodeGeneration;
using Orleans.Engine;

namespace Orleans.Runtime;

/// <summary>A cheap handle to a grain or an observer; equal when it means the same one.</summary>
public class GrainReference : IAddressable, IEquatable<GrainReference>, IFormattable
{
    private readonly ReferenceShape _shape;
    private readonly IdSpan _key;
    private IMessageTarget? _target;

    protected internal GrainReference(ReferenceShape shape, IdSpan key)
    {
        _shape = shape;
        _key = key;
    }

    public GrainId GrainId => GrainId.Create(_shape.GrainType, _key);

    public GrainInterfaceType InterfaceType => _shape.InterfaceType;

    public virtual string InterfaceName => InterfaceType.ToString();

    internal ReferenceShape Shape => _shape;

    public virtual TGrainInterface Cast<TGrainInterface>() where TGrainInterface : IAddressable =>
        (TGrainInterface)CastTo(typeof(TGrainInterface));

    public bool Equals(GrainReference? other) => other is not null && _key.Equals(other._key) && _shape.GrainType.Equals(other._shape.GrainType);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public uint GetUniformHashCode() => GrainId.GetUniformHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceType}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public static bool operator ==(GrainReference? left, GrainReference? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(GrainReference? left, GrainReference? right) => !(left == right);

    internal IAddressable CastTo(Type interfaceType) =>
        interfaceType.IsInstanceOfType(this) ? this : _shape.Cast(interfaceType, _key);

    protected internal Task<TResult> Call<TResult>(GrainRequest<TResult> request, CancellationToken token = default)
    {
        if (token.IsCancellationRequested)
            return Task.FromCanceled<TResult>(token);

        Prepare(request, token);
        if (_shape.Cluster.Filters.HasOutgoing)
            return Filtered(request);

        Send(request);
        return request.Answer;
    }

    protected internal Task Call(GrainAction request, CancellationToken token = default)
    {
        if (token.IsCancellationRequested)
            return Task.FromCanceled(token);

        Prepare(request, token);
        if (_shape.Cluster.Filters.HasOutgoing)
            return _shape.Cluster.Filters.InvokeOutgoing(request, this);

        Send(request);
        return request.Answer ?? Task.CompletedTask;
    }

    internal void Send(GrainRequest request)
    {
        if (_shape.Cluster.LoadShedder.IsShedding && request.Source is null)
            _shape.Cluster.Refuse(request);
        else
            Deliver(request);
    }

    protected IAsyncEnumerable<TElement> Enumerate<TElement>(AsyncEnumerableRequest<TElement> request, CancellationToken token = default) =>
        request.SentTo(this, token);

    internal void Deliver(Message message)
    {
        var target = _target;
        var wait = default(SpinWait);
        while (target is null || !target.TryPost(message))
        {
            // A sealed target is replaced within moments by the thread that sealed it.
            if (target is not null)
                wait.SpinOnce();
            target = _shape.FindTarget(_key);
            if (target is null)
            {
                message.Reject(new ClientNotAvailableException($"Nothing answers at {GrainId} any more."));
                return;
            }

            _target = target;
        }
    }

    private async Task<TResult> Filtered<TResult>(GrainRequest<TResult> request) =>
        (TResult)(await _shape.Cluster.Filters.InvokeOutgoing(request, this))!;

    private void Prepare(GrainRequest request, CancellationToken token)
    {
        var cluster = _shape.Cluster;
        request.Prepare(cluster);
        if (token.CanBeCanceled)
            request.CancelWith(token, cluster, _shape.GrainType);
    }
}
