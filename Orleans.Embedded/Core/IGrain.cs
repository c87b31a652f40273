namespace Orleans.Runtime
{
    /// <summary>Anything that a reference can point to: a grain or an observer.</summary>
    public interface IAddressable;
}

namespace Orleans
{
    using Orleans.Runtime;

    public interface IGrain : IAddressable;

    public interface IGrainWithStringKey : IGrain;

    public interface IGrainWithGuidKey : IGrain;

    public interface IGrainWithIntegerKey : IGrain;

    public interface IGrainWithGuidCompoundKey : IGrain;

    public interface IGrainWithIntegerCompoundKey : IGrain;

    /// <summary>An object outside the grains that grains can call: best effort, held by a weak reference.</summary>
    public interface IGrainObserver : IAddressable;
}
