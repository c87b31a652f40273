namespace Orleans.Runtime;

public class OrleansException : Exception
{
    public OrleansException() : base("Unexpected error.")
    {
    }

    public OrleansException(string message) : base(message)
    {
    }

    public OrleansException(string message, Exception? innerException) : base(message, innerException)
    {
    }
}

/// <summary>A queue of an activation is longer than <c>SiloMessagingOptions.MaxEnqueuedRequestsHardLimit</c> allows.</summary>
public sealed class LimitExceededException : OrleansException
{
    public LimitExceededException() : base("Limit exceeded")
    {
    }

    public LimitExceededException(string message) : base(message)
    {
    }

    public LimitExceededException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public LimitExceededException(string limitName, int current, int threshold, object extraInfo)
        : base($"Limit exceeded {limitName} Current={current} Threshold={threshold} {extraInfo}")
    {
    }
}

/// <summary>The process sheds load (<c>LoadSheddingOptions</c>): a call from outside the grains was refused. Try again later.</summary>
public sealed class GatewayTooBusyException : OrleansException
{
    public GatewayTooBusyException() : base("Gateway too busy")
    {
    }

    public GatewayTooBusyException(string message) : base(message)
    {
    }

    public GatewayTooBusyException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

public class OrleansMessageRejectionException : OrleansException
{
    public OrleansMessageRejectionException(string message) : base(message)
    {
    }

    public OrleansMessageRejectionException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>The host has stopped: no grain answers any more.</summary>
public class SiloUnavailableException : OrleansMessageRejectionException
{
    public SiloUnavailableException() : base("Silo unavailable")
    {
    }

    public SiloUnavailableException(string message) : base(message)
    {
    }

    public SiloUnavailableException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

public class OrleansConfigurationException : Exception
{
    public OrleansConfigurationException(string message) : base(message)
    {
    }

    public OrleansConfigurationException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>An observer's object is gone: it was deleted, or nothing but the engine's weak reference held it.</summary>
public class ClientNotAvailableException : OrleansException
{
    public ClientNotAvailableException(string message) : base(message)
    {
    }
}
