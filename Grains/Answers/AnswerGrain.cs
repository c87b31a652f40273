using CustomerService.Knowledge;
using CustomerService.Tenancy;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace CustomerService.Answers;

[GrainType("answers"), StatelessWorker]
internal sealed class AnswerGrain(
    KnowledgeBase knowledge, IOptions<AnswerOptions> options, IOptions<TenancyOptions> tenancy, TimeProvider time) : Grain, IAnswerGrain
{
    public Task<Answer> ComposeAsync(Question question, CancellationToken cancellationToken)
    {
        var start = time.GetTimestamp();
        using var budget = new CancellationTokenSource(question.Budget, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, budget.Token);
        Answer answer;
        try
        {
            answer = Composer().Compose(question, either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            answer = new(AnswerRung.Human, question.Language, [], 0, "Composing an answer took too long.", TimeSpan.Zero);
        }

        return Task.FromResult(answer with { Elapsed = time.GetElapsedTime(start) });
    }

    public Task<ImmutableArray<Suggestion>> SuggestAsync(Question question, CancellationToken cancellationToken) =>
        Task.FromResult(Composer().Suggest(question));

    private AnswerComposer Composer() =>
        new(this.GetPrimaryKeyString() == tenancy.Value.Tenant ? knowledge.Current : KnowledgeIndex.Empty, knowledge.Vectors, options.Value);
}
