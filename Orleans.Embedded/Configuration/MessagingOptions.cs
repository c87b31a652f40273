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

public class SiloMessagingOptions : MessagingOptions
{
    /// <summary>Calls that may wait for one activation; more are refused. Default: 0, no limit.</summary>
    public int MaxEnqueuedRequestsHardLimit { get; set; }

    /// <summary>The same for stateless workers. Default: 0, no limit.</summary>
    public int MaxEnqueuedRequestsHardLimit_StatelessWorker { get; set; }
}
