namespace CustomerService.Nlu;

/// <summary>A version of the models that understand messages, all of one piece. Never changes; counts who uses it, and gives native memory back when the last is done.</summary>
/// <param name="version">Its name.</param>
/// <param name="models">What needs no sentence vectors, and what reads them.</param>
/// <param name="encoder">Makes the vectors.</param>
/// <param name="ownsEncoder">True when nobody else uses the encoder.</param>
internal sealed class ModelSet(string version, Lazy<UnderstandingModels> models, Lazy<TunedEncoder> encoder, bool ownsEncoder)
{
    /// <summary>The version of the models that come with the program.</summary>
    public const string BuiltInVersion = "built-in";

    // One for whoever made it.
    private int _uses = 1;

    public string Version => version;

    public UnderstandingModels Models => models.Value;

    public TunedEncoder Encoder => encoder.Value;

    /// <summary>Begins to use the set.</summary>
    /// <returns>To be disposed when done; null when the set is gone.</returns>
    public ModelUse? TryUse()
    {
        for (var uses = Volatile.Read(ref _uses); uses > 0;)
        {
            var seen = Interlocked.CompareExchange(ref _uses, uses + 1, uses);
            if (seen == uses)
                return new ModelUse(this);
            uses = seen;
        }

        return null;
    }

    /// <summary>Begins to use the set once more, for somebody who uses it already.</summary>
    public ModelUse Use() => TryUse() ?? throw new ObjectDisposedException(nameof(ModelSet), $"The set {version} is gone.");

    /// <summary>Ends a use, at last that of its maker.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _uses) == 0 && ownsEncoder)
            encoder.Value.Dispose();
    }
}

/// <summary>Keeps a set of models from going away until it is disposed.</summary>
internal sealed class ModelUse(ModelSet set) : IDisposable
{
    private int _isDone;

    public ModelSet Set => set;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isDone, 1) == 0)
            set.Release();
    }
}
