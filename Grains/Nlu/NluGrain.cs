using Orleans.Concurrency;

namespace CustomerService.Nlu;

[GrainType("nlu"), StatelessWorker]
internal sealed class NluGrain(Understanding understanding) : Grain, INluGrain
{
    public Task<Analysis> AnalyzeAsync(AnalysisRequest request, CancellationToken cancellationToken) =>
        understanding.AnalyzeAsync(request, cancellationToken);
}
