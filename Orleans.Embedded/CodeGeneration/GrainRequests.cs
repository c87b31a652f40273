namespace Orleans.CodeGeneration;

/// <summary>A call of a method that returns <c>Task&lt;TResult&gt;</c> or <c>ValueTask&lt;TResult&gt;</c>.</summary>
public abstract class GrainRequest<TResult> : GrainRequest
{
    private TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed override Task<TResult> Answer => _answer.Task;

    internal sealed override void RenewAnswer() => _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected abstract ValueTask<TResult> Invoke(object grain);

    internal sealed override Task? InvokeAndAnswer(object grain)
    {
        var running = Invoke(grain);
        if (!running.IsCompletedSuccessfully)
            return running.AsTask();

        Leave();
        _answer.TrySetResult(running.Result);
        return null;
    }

    internal sealed override Task InvokeAsTask(object grain) => Invoke(grain).AsTask();

    internal sealed override object? ResultOf(Task task) => ((Task<TResult>)task).Result;

    internal sealed override void SetFrom(Task completed)
    {
        if (completed is Task<TResult> typed)
            _answer.TrySetResult(typed.Result);
        else
            SetFiltered(((Task<object?>)completed).Result);
    }

    internal sealed override void SetException(Exception exception)
    {
        if (exception is OperationCanceledException cancelled)
            _answer.TrySetCanceled(cancelled.CancellationToken);
        else
            _answer.TrySetException(exception);
    }

    private void SetFiltered(object? result)
    {
        if (result is TResult || (result is null && default(TResult) is null))
            _answer.TrySetResult((TResult)result!);
        else
            _answer.TrySetException(new InvalidCastException($"A filter answered {Method} with {result?.GetType().ToString() ?? "null"} instead of {typeof(TResult)}."));
    }
}

/// <summary>A call of a method that returns <c>Task</c>, <c>ValueTask</c> or nothing.</summary>
public abstract class GrainAction : GrainRequest
{
    private TaskCompletionSource? _answer;

    protected GrainAction() =>
        _answer = Has(Engine.MessageOptions.OneWay) ? null : new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal sealed override Task? Answer => _answer?.Task;

    internal sealed override void RenewAnswer() => _answer = _answer is null ? null : new(TaskCreationOptions.RunContinuationsAsynchronously);

    protected abstract ValueTask Invoke(object grain);

    internal sealed override Task? InvokeAndAnswer(object grain)
    {
        var running = Invoke(grain);
        if (!running.IsCompletedSuccessfully)
            return running.AsTask();

        Leave();
        _answer?.TrySetResult();
        return null;
    }

    internal sealed override Task InvokeAsTask(object grain) => Invoke(grain).AsTask();

    internal sealed override object? ResultOf(Task task) => null;

    internal sealed override void SetFrom(Task completed) => _answer?.TrySetResult();

    internal sealed override void SetException(Exception exception)
    {
        if (_answer is null)
            Host?.Cluster.Log.OneWayCallFailed(exception, Method.ToString());
        else if (exception is OperationCanceledException cancelled)
            _answer.TrySetCanceled(cancelled.CancellationToken);
        else
            _answer.TrySetException(exception);
    }
}
