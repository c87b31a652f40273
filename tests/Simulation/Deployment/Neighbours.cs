using CustomerService.Answers;
using CustomerService.Conversations;
using CustomerService.Knowledge;
using CustomerService.Nlu;
using CustomerService.Routing;
using CustomerService.Simulation.Scheduling;

namespace CustomerService.Simulation.Deployment;

/// <summary>Plays understanding and answers, which need models, and stands between grains and observers, where wake-ups get lost or come twice.</summary>
internal sealed class Neighbours(Node node, Conditions conditions, ulong seed) : IOutgoingGrainCallFilter
{
    private static readonly TimeSpan TooLong = TimeSpan.FromMinutes(2);

    private readonly Chance _chance = new(seed);

    public async Task Invoke(IOutgoingGrainCallContext call)
    {
        var to = call.InterfaceMethod.DeclaringType;
        if (to == typeof(INluGrain))
            call.Result = await UnderstandAsync((AnalysisRequest)call.Request.GetArgument(0)!);
        else if (to == typeof(IAnswerGrain))
            call.Result = await ComposeAsync((Question)call.Request.GetArgument(0)!);
        else if (to == typeof(IConversationObserver) || to == typeof(IQueueObserver))
            await WakeAsync(call);
        else
            await call.Invoke();
    }

    private async Task<Analysis> UnderstandAsync(AnalysisRequest request)
    {
        await Task.Delay(conditions.SilentUnderstanding ? TooLong : _chance.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(15)), node.Time);
        var chance = new Chance(Chance.Of(request.Text));
        ImmutableArray<Entity> entities = chance.Happens(0.5) ? [] : [new(EntityKind.OrderId, 0, 4, $"Q-{chance.Below(10_000)}", $"Q-{chance.Below(10_000)}", 0.9)];
        var intent = chance.Of("track_order", "refund", "complaint", "request_person", "greeting");
        return new(new(chance.Of("en", "de", Languages.Unknown), 0.9), [new(intent, chance.Share())], chance.Share(), entities, chance.Share() * 2 - 1, chance.Share(), false);
    }

    private async Task<Answer> ComposeAsync(Question question)
    {
        await Task.Delay(conditions.SilentAnswers ? TooLong : _chance.Between(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(80)), node.Time);
        if (_chance.Happens(0.05))
            throw new InvalidOperationException("The knowledge base could not be read.");

        var human = _chance.Happens(0.25);
        var sentence = new AnswerSentence($"About: {MessageText.Cut(question.Text, 40)}", [new(ArticleId.Parse("returns"), "v1", "Returns", "Returns", 0, 10)], 0.9);
        return new(human ? AnswerRung.Human : AnswerRung.Extractive, "en", human ? [] : [sentence], 0.8, human || _chance.Happens(0.1) ? "A person knows better." : null, TimeSpan.FromMilliseconds(5));
    }

    private async Task WakeAsync(IOutgoingGrainCallContext call)
    {
        if (conditions.LosesWakeUps && _chance.Happens(0.7))
            return;

        await call.Invoke();
        if (conditions.DoublesWakeUps && _chance.Happens(0.5))
            await (call.Grain switch
            {
                IConversationObserver watcher when call.MethodName == nameof(IConversationObserver.ChangedAsync) =>
                    watcher.ChangedAsync((ConversationKey)call.Request.GetArgument(0)!, (long)call.Request.GetArgument(1)!),
                IQueueObserver watcher => watcher.ChangedAsync((QueueKey)call.Request.GetArgument(0)!, (long)call.Request.GetArgument(1)!),
                _ => Task.CompletedTask,
            });
    }
}
