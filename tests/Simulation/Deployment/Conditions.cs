using CustomerService.Simulation.Storage;

namespace CustomerService.Simulation.Deployment;

/// <summary>How the world around the silos behaves now.</summary>
internal sealed class Conditions(ulong seed)
{
    public StorageFaults Storage { get; } = new(seed);

    public bool SilentUnderstanding { get; set; }

    public bool SilentAnswers { get; set; }

    public bool LosesWakeUps { get; set; }

    public bool DoublesWakeUps { get; set; }

    public void Mend()
    {
        Storage.Heal();
        SilentUnderstanding = SilentAnswers = LosesWakeUps = DoublesWakeUps = false;
    }
}
