namespace Orleans.Engine;

// Giving up an activation whose call does not come to an end.
internal partial class Activation
{
    private bool IsGivenUp => _state == ActivationState.Valid && _inbox.IsSealed;

    // A hint when asked from outside; a turn asks again.
    private bool IsStuck =>
        _blocking is not null && _waitingHead is not null && _state == ActivationState.Valid
        && Cluster.Clock.Tick - _blockedSince > Cluster.MaxProcessingTicks;

    /// <summary>What waits goes to a successor at once; this activation lingers until its call ends, if ever, and is deactivated then.</summary>
    private void Abandon()
    {
        if (!IsStuck)
            return;

        var elapsed = (Cluster.Clock.Tick - _blockedSince) * Cluster.Clock.Quantum;
        Cluster.Log.ActivationStuck(GrainId, elapsed);
        Extras.TrySetReason(new(DeactivationReasonCode.ActivationUnresponsive, $"{_blocking} has been running for {elapsed} and is likely stuck."));
        HandOver(SealInbox(), failure: null);
    }

    private sealed class AbandonItem : ControlItem
    {
        public override void Run(Activation activation) => activation.Abandon();
    }
}
