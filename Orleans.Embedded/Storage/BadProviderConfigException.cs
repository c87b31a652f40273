using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>A grain asks for a storage that nobody added; its caller finds this inside what the failed construction throws.</summary>
public sealed class BadProviderConfigException : OrleansException
{
    public BadProviderConfigException(string msg) : base(msg)
    {
    }

    public BadProviderConfigException(string msg, Exception exc) : base(msg, exc)
    {
    }
}
