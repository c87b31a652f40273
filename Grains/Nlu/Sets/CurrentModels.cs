namespace CustomerService.Nlu;

/// <summary>The set of models that answers in this process. Whoever understands a message takes it once, so no message is understood by two.</summary>
internal sealed class CurrentModels
{
    private ModelSet _current;

    public CurrentModels(ModelSet builtIn) => BuiltIn = _current = builtIn;

    /// <summary>The set that came with the program: always there, and what other sets take the parts from that they lack.</summary>
    public ModelSet BuiltIn { get; }

    public string Version => Volatile.Read(ref _current).Version;

    /// <summary>The set that answers now, kept until the use is disposed.</summary>
    public ModelUse Take()
    {
        // A set that is gone has been replaced: the next look finds another one.
        while (true)
        {
            if (Volatile.Read(ref _current).TryUse() is { } use)
                return use;
        }
    }

    /// <summary>Lets a set answer from now on. The one before goes when the last message that it began is done.</summary>
    public void Put(ModelSet next)
    {
        var before = Interlocked.Exchange(ref _current, next);
        if (before != BuiltIn && before != next)
            before.Release();
    }
}
