namespace Orleans.Configuration;

public abstract class MessagingOptions
{
    /// <summary>How long a caller waits. Default: 30 seconds.</summary>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether a call whose caller has given up is dropped when its turn comes. Default: true.</summary>
    public bool DropExpiredMessages { get; set; } = true;

    /// <summary>Whether a timeout also cancels the token of the running call. Default: false.</summary>
    public bool CancelRequestOnTimeout { get; set; }

    /// <summary>Whether a cancelled caller waits until the callee has ended. Default: false.</summary>
    public bool WaitForCancellationAcknowledgement { get; set; }
}

/// <summary>A client's own options. In one process the silo's hold for everybody; these are accepted so that the same source compiles.</summary>
public class ClientMessagingOptions : MessagingOptions;

public class SiloMessagingOptions : MessagingOptions
{
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_SOFT_LIMIT = 0;
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_HARD_LIMIT = 0;
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_STATELESS_WORKER_SOFT_LIMIT = 0;
    public const int DEFAULT_MAX_ENQUEUED_REQUESTS_STATELESS_WORKER_HARD_LIMIT = 0;
    public static readonly TimeSpan DEFAULT_MAX_REQUEST_PROCESSING_TIME = TimeSpan.FromHours(2);

    /// <summary>How often a call may be passed on from activations that left before they took any. Default: 2.</summary>
    public int MaxForwardCount { get; set; } = 2;

    /// <summary>A new call that finds more calls than this in an activation, running or waiting, is noted in the log. Default: 0, no limit.</summary>
    public int MaxEnqueuedRequestsSoftLimit { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_SOFT_LIMIT;

    /// <summary>A new call that finds more calls than this in an activation, running or waiting, is refused. Default: 0, no limit.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_HARD_LIMIT;

    /// <summary><see cref="MaxEnqueuedRequestsSoftLimit"/> of each stateless worker. Default: 0, no limit.</summary>
    public int MaxEnqueuedRequestsSoftLimit_StatelessWorker { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_STATELESS_WORKER_SOFT_LIMIT;

    /// <summary><see cref="MaxEnqueuedRequestsHardLimit"/> of each stateless worker. Default: 0, no limit.</summary>
    public int MaxEnqueuedRequestsHardLimit_StatelessWorker { get; set; } = DEFAULT_MAX_ENQUEUED_REQUESTS_STATELESS_WORKER_HARD_LIMIT;

    /// <summary>An activation whose call has run longer than this while others wait is given up: they go to a new one. Default: 2 hours.</summary>
    public TimeSpan MaxRequestProcessingTime { get; set; } = DEFAULT_MAX_REQUEST_PROCESSING_TIME;

    internal Engine.QueueLimits LimitsOf(bool isStatelessWorker) => isStatelessWorker
        ? new(nameof(MaxEnqueuedRequestsHardLimit_StatelessWorker), MaxEnqueuedRequestsSoftLimit_StatelessWorker, MaxEnqueuedRequestsHardLimit_StatelessWorker)
        : new(nameof(MaxEnqueuedRequestsHardLimit), MaxEnqueuedRequestsSoftLimit, MaxEnqueuedRequestsHardLimit);
}
