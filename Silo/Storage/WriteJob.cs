namespace CustomerService.Storage;

/// <summary>A piece of work for the writer, and the promise to whoever waits for its commit.</summary>
internal interface IWriteJob
{
    /// <summary>Writes; may run a second time when the first commit failed for the sake of other work in it.</summary>
    void Run();

    /// <summary>Tells the caller that it is durable.</summary>
    void Succeed();

    /// <summary>Tells the caller that it is not.</summary>
    void Fail(Exception exception);
}

/// <summary>A piece of work with a result.</summary>
internal abstract class WriteJob<T>() : TaskCompletionSource<T>(Continuations), IWriteJob
{
    protected T Result { get; private set; } = default!;

    public void Run() => Result = Write();

    public virtual void Succeed() => TrySetResult(Result);

    public void Fail(Exception exception) => TrySetException(new StorageException("The write was not stored.", exception));

    protected abstract T Write();

    // A grain's scheduler takes its continuation over at once; anybody else's would run in front of the other callers' of the commit.
    private static TaskCreationOptions Continuations =>
        TaskScheduler.Current == TaskScheduler.Default ? TaskCreationOptions.RunContinuationsAsynchronously : TaskCreationOptions.None;
}
