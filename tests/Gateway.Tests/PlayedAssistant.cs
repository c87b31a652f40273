using System.Collections.Concurrent;
using CustomerService.Answers;
using CustomerService.Conversations;
using CustomerService.Knowledge;
using CustomerService.Nlu;

namespace CustomerService;

/// <summary>Stands before the grains that understand, know and answer: says what a test has prepared, and nothing when there is nothing.</summary>
internal sealed class PlayedAssistant : IOutgoingGrainCallFilter
{
    private static readonly Analysis Understood = new(new("en", 0.9), [new("greeting", 0.8)], 0.1, [], 0.1, 0.5, IsDegraded: false);

    /// <summary>What is said to each message, in order.</summary>
    public ConcurrentQueue<Answer> Answers { get; } = new();

    /// <summary>What understanding was asked last.</summary>
    public AnalysisRequest? Asked { get; private set; }

    public List<Article> Articles { get; } = [];

    /// <summary>True when calls of grains other than understanding fail as late ones do.</summary>
    public bool IsBroken { get; set; }

    /// <summary>True when nobody is told that a conversation changed.</summary>
    public bool LosesWakeUps { get; set; }

    /// <summary>Where the next to ask what a conversation looks like waits; null for nowhere.</summary>
    public (TaskCompletionSource Arrived, TaskCompletionSource Opened)? ViewGate { get; set; }

    public async Task Invoke(IOutgoingGrainCallContext context)
    {
        if (IsBroken && context.InterfaceMethod.DeclaringType != typeof(INluGrain))
            throw new TimeoutException("Played.");

        switch (context.InterfaceMethod.DeclaringType)
        {
            case var type when type == typeof(IConversationObserver) && LosesWakeUps:
                break;
            case var type when type == typeof(INluGrain):
                Asked = (AnalysisRequest)context.Request.GetArgument(0)!;
                context.Result = Understood;
                break;
            case var type when type == typeof(IAnswerGrain):
                context.Result = await AnswerAsync(context.Request.GetCancellationToken());
                break;
            case var type when type == typeof(IKnowledgeGrain):
                context.Result = Know(context);
                break;
            case var type when type == typeof(IConversationGrain) && context.MethodName == nameof(IConversationGrain.GetAsync) && ViewGate is { } gate:
                ViewGate = null;
                gate.Arrived.SetResult();
                await gate.Opened.Task;
                await context.Invoke();
                break;
            default:
                await context.Invoke();
                break;
        }
    }

    private async Task<Answer> AnswerAsync(CancellationToken cancellationToken)
    {
        if (Answers.TryDequeue(out var answer))
            return answer;

        await Task.Delay(Timeout.Infinite, cancellationToken);
        throw new InvalidOperationException("Never reached.");
    }

    private object Know(IOutgoingGrainCallContext context)
    {
        switch (context.MethodName)
        {
            case nameof(IKnowledgeGrain.GetArticleAsync):
                var (id, version, audience) = ((ArticleId)context.Request.GetArgument(0)!, (string?)context.Request.GetArgument(1), (Audience)context.Request.GetArgument(2)!);
                Result<Article> missing = new Refusal(RefusalKind.NotFound, "article.not_found", "There is no such article.");
                return Articles.FirstOrDefault(article => article.Id == id && (version is null || article.Version == version) && article.Audience <= audience) is { } found
                    ? (Result<Article>)found : missing;
            case nameof(IKnowledgeGrain.ListArticlesAsync):
                return Articles.Select(article => new ArticleRow(article.Id, article.Version, article.Title, article.Language, article.Audience, article.UpdatedAt, article.Section)).ToImmutableArray();
            case nameof(IKnowledgeGrain.SearchAsync):
                return Articles.Select(article => new RetrievedPassage(
                    new(article.Id, article.Version, article.Title, "", 0, article.Markdown.Length, article.Markdown, article.Language, article.UpdatedAt), 0.9, 0.8)).ToImmutableArray();
            default:
                return new KnowledgeStatus(Articles.Count, Articles.Count, null, []);
        }
    }
}
