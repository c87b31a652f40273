using System.Reflection;
using Orleans.CodeGeneration;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;

namespace Orleans.Engine;

/// <summary>A grain class, what its attributes say, and its activations by key.</summary>
internal sealed class GrainClass
{
    private readonly GrainDirectory _directory;
    private readonly Func<GrainConstruction, object> _construct;
    private readonly StatelessWorkerAttribute? _workers;
    private int _activations;

    public GrainClass(Cluster cluster, Type type, Func<GrainConstruction, object> construct, bool needsScope)
    {
        Cluster = cluster;
        ClassType = type;
        Type = type.GetCustomAttribute<GrainTypeAttribute>()?.GetGrainType(cluster.Services, type) ?? GrainType.Create(NameOf(type));
        TypeName = $"{type.FullName},{type.Assembly.GetName().Name}";
        Tag = new("grain_type", Type.ToString());
        NeedsScope = needsScope;
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        MayInterleave = PredicateOf(type);
        CollectionAge = CollectionAgeOf(type, cluster);
        _workers = type.GetCustomAttribute<StatelessWorkerAttribute>();
        _construct = construct;
        _directory = new(_workers is null ? key => new Activation(this, key) : key => new WorkerPool(this, key, _workers));
    }

    public Cluster Cluster { get; }

    public Type ClassType { get; }

    public GrainType Type { get; }

    /// <summary>The name of the class and its assembly, as Orleans' figures have it.</summary>
    public string TypeName { get; }

    /// <summary>The type, as figures are tagged with it.</summary>
    public KeyValuePair<string, object?> Tag { get; }

    public bool NeedsScope { get; }

    public bool IsReentrant { get; }

    public bool IsStatelessWorker => _workers is not null;

    public Func<object, IInvokable, bool>? MayInterleave { get; }

    /// <summary>Ticks of idleness after which an activation goes; null means never.</summary>
    public uint? CollectionAge { get; }

    public int ActivationCount => Volatile.Read(ref _activations);

    /// <summary>The pools of a stateless worker that lets go of idle workers.</summary>
    public IEnumerable<WorkerPool> ShrinkingPools => _workers is { RemoveIdleWorkers: true } ? _directory.Entries.OfType<WorkerPool>() : [];

    public IEnumerable<Activation> Activations =>
        _directory.Entries.SelectMany(entry => entry is WorkerPool pool ? pool.Workers : [(Activation)entry]);

    public object Construct(Activation activation)
    {
        Interlocked.Increment(ref _activations);
        Cluster.Meter.OnCreated(this);
        try
        {
            return _construct(new(activation));
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Failed to create an instance of grain type '{ClassType}'. See {nameof(Exception.InnerException)} for details.", exception);
        }
    }

    public void OnGone()
    {
        Interlocked.Decrement(ref _activations);
        Cluster.Meter.OnDestroyed(this);
    }

    public IMessageTarget FindOrCreate(IdSpan key)
    {
        Cluster.ThrowIfStopped();
        return _directory.FindOrCreate(key);
    }

    public Activation? Find(IdSpan key) => _directory.Find(key) as Activation;

    /// <summary>Takes a finished target out, or puts its successor in its place in one step.</summary>
    public void Replace(IDirectoryEntry old, IDirectoryEntry? successor) => _directory.Replace(old, successor);

    private static string NameOf(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.EndsWith("grain", StringComparison.Ordinal) && name.Length > "grain".Length ? name[..^"grain".Length] : name;
    }

    private static uint? CollectionAgeOf(Type type, Cluster cluster)
    {
        if (type.IsDefined(typeof(KeepAliveAttribute)))
            return null;

        var attribute = type.GetCustomAttribute<CollectionAgeLimitAttribute>();
        if (attribute is { AlwaysActive: true })
            return null;

        var options = cluster.Collection;
        var age = attribute?.AgeLimit
            ?? (options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var specific) ? specific : options.CollectionAge);
        return cluster.Clock.TicksOf(age);
    }

    private static Func<object, IInvokable, bool>? PredicateOf(Type type)
    {
        if (type.GetCustomAttribute<MayInterleaveAttribute>()?.CallbackMethodName is not { } name)
            return null;

        var method = type.GetMethod(name, BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic, [typeof(IInvokable)])
            ?? throw new InvalidOperationException($"{type} names {name} in [MayInterleave] but has no bool {name}(IInvokable).");
        return method.IsStatic ? Static(method) : Instance(method);

        static Func<object, IInvokable, bool> Static(MethodInfo method)
        {
            var predicate = method.CreateDelegate<Func<IInvokable, bool>>();
            return (_, request) => predicate(request);
        }

        // One reflective call per asked message; only classes with the attribute pay it.
        static Func<object, IInvokable, bool> Instance(MethodInfo method)
        {
            var invoker = MethodInvoker.Create(method);
            return (grain, request) => (bool)invoker.Invoke(grain, request)!;
        }
    }
}
