using System.Text;
using CustomerService.Api;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>The tenant's own intents: examples, training, versions, and measuring on texts of one's own.</summary>
internal static class IntentEndpoints
{
    private const int MaxPage = 500, DefaultPage = 100;
    private const long MaxBodyBytes = 16 << 20;

    public static void MapIntents(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/intents").WithTags("Intents").WithMetadata(new RequestSizeLimitAttribute(MaxBodyBytes))
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict);
        MapExamples(group);
        group.MapGet("/", GetAsync).CanRead().WithName("getIntents").WithSummary("Intents, training and versions");
        group.MapPost("/train", TrainAsync).CanWrite().WithName("trainIntents").WithSummary("Begin to train a version on the examples as they are now")
            .WithDescription("Runs beside everything else; GET /v1/intents shows its progress. The version is not active when it is done.");
        group.MapPost("/train/cancel", CancelAsync).CanWrite().WithName("cancelIntentTraining").WithSummary("End the running training");
        group.MapGet("/versions/{number:int}", GetVersionAsync).CanRead().WithName("getIntentVersion").WithSummary("A version with its quality by cross-validation");
        group.MapPost("/activate", ActivateAsync).CanWrite().WithName("activateIntents").WithSummary("Let a version name the intents of messages; an earlier one rolls back, null turns own intents off");
        group.MapPost("/classify", ClassifyAsync).CanRead().WithName("classifyTexts").WithSummary("Name the intents of up to 10,000 texts by the active or another version alone");
        group.MapPost("/trial", TryAsync).CanWrite().WithName("tryIntents").WithSummary("Train on examples, name the intents of texts, forget both: for measuring on data of your own")
            .WithDescription("Answers when it is done: seconds for hundreds of examples, minutes for thousands.");
        group.MapGet("/unsure", ListUnsureAsync).CanRead().WithName("listUnsureMessages").WithSummary("Messages that the intents were unsure of, masked, newest first");
        group.MapPost("/unsure/{message:long}/label", LabelAsync).CanWrite().WithName("labelUnsureMessage").WithSummary("Make such a message an example of an intent");
        group.MapPost("/unsure/{message:long}/dismiss", DismissAsync).CanWrite().WithName("dismissUnsureMessage").WithSummary("Take such a message off the list");
    }

    private static void MapExamples(RouteGroupBuilder group)
    {
        group.MapGet("/examples", ListAsync).CanRead().WithName("listExamples").WithSummary("List examples, of one intent or all");
        group.MapPost("/examples", AddAsync).CanWrite().WithName("addExamples").WithSummary("Add examples, all or none");
        group.MapPost("/examples/import", ImportAsync).CanWrite().WithName("importExamples").WithSummary("Add the examples of a file, all or none")
            .WithDescription("CSV and TSV name their columns in the first line: text and intent. JSON Lines has an object with both a line.")
            .Accepts<string>("text/csv", "text/tab-separated-values", "application/jsonl", "application/x-ndjson").ProducesProblem(StatusCodes.Status415UnsupportedMediaType);
        group.MapPut("/examples/{example:long}", ChangeAsync).CanWrite().WithName("changeExample").WithSummary("Change an example's text or intent");
        group.MapDelete("/examples/{example:long}", RemoveAsync).CanWrite().WithName("removeExample").WithSummary("Remove an example");
        group.MapPost("/rename", RenameAsync).CanWrite().WithName("renameIntent").WithSummary("Give an intent another name; that of another intent makes one of the two");
        group.MapPost("/remove", RemoveIntentAsync).CanWrite().WithName("removeIntent").WithSummary("Remove an intent with its examples");
    }

    private static async Task<Ok<IntentModelStatus>> GetAsync(IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        TypedResults.Ok(await Model(grains, tenancy).GetAsync(cancellationToken));

    private static async Task<Results<Ok<ExamplePage>, ProblemHttpResult>> ListAsync(
        IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken, string? intent = null, long after = 0, int limit = DefaultPage)
    {
        if (limit is < 1 or > MaxPage)
            return Problems.Invalid("limit", $"1 to {MaxPage}.");
        return TypedResults.Ok(await Model(grains, tenancy).ListAsync(intent, after, limit, cancellationToken));
    }

    private static async Task<Results<Ok<ExamplesAdded>, ProblemHttpResult>> AddAsync(
        ExamplesRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        request.Examples is { Length: > 0 } examples ? Answer(await Model(grains, tenancy).AddAsync([.. examples], cancellationToken)) : Problems.Invalid("examples", "at least one.");

    private static async Task<Results<Ok<ExamplesAdded>, ProblemHttpResult>> ImportAsync(HttpRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(request.Body, Encoding.UTF8);
        var content = await reader.ReadToEndAsync(cancellationToken);
        return Answer(await Model(grains, tenancy).ImportAsync(content, FormatOf(request.ContentType), cancellationToken));
    }

    private static async Task<Results<Ok<StoredExample>, ProblemHttpResult>> ChangeAsync(
        long example, ExampleRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        var to = new IntentExample(request.Text?.Trim() ?? "", request.Intent?.Trim() ?? "");
        var (_, refusal) = await Model(grains, tenancy).ChangeAsync(example, to, cancellationToken);
        return refusal is not null ? Problems.From(refusal) : TypedResults.Ok(new StoredExample(example, to.Text, to.Intent));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RemoveAsync(long example, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        (await Model(grains, tenancy).RemoveAsync([example], cancellationToken)).IsEmpty
            ? Problems.Of(StatusCodes.Status404NotFound, "intents.example_not_found", "There is no such example.")
            : TypedResults.NoContent();

    private static async Task<Results<Ok<IntentCount>, ProblemHttpResult>> RenameAsync(RenameRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        if (request.Intent is null || request.Name is null)
            return Problems.Invalid("intent, name", "both are needed.");
        var (examples, refusal) = await Model(grains, tenancy).RenameAsync(request.Intent, request.Name, cancellationToken);
        return refusal is not null ? Problems.From(refusal) : TypedResults.Ok(new IntentCount(request.Name.Trim(), examples));
    }

    private static async Task<Results<Ok<IntentCount>, ProblemHttpResult>> RemoveIntentAsync(
        RemoveIntentRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        var (removed, refusal) = await Model(grains, tenancy).RemoveIntentAsync(request.Intent ?? "", cancellationToken);
        return refusal is not null ? Problems.From(refusal) : TypedResults.Ok(new IntentCount(request.Intent!, removed.Length));
    }

    private static async Task<Results<Accepted<TrainingProgress>, ProblemHttpResult>> TrainAsync(IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        var (progress, refusal) = await Model(grains, tenancy).TrainAsync(cancellationToken);
        return refusal is not null ? Problems.From(refusal) : TypedResults.Accepted("/v1/intents", progress);
    }

    private static async Task<Results<Ok<TrainingProgress>, ProblemHttpResult>> CancelAsync(IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        Answer(await Model(grains, tenancy).CancelAsync(cancellationToken));

    private static async Task<Results<Ok<IntentVersion>, ProblemHttpResult>> GetVersionAsync(int number, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        Answer(await Model(grains, tenancy).GetVersionAsync(number, cancellationToken));

    private static async Task<Results<Ok<IntentModelStatus>, ProblemHttpResult>> ActivateAsync(
        ActivateRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        Answer(await Model(grains, tenancy).ActivateAsync(request.Version, cancellationToken));

    private static async Task<Results<Ok<ClassifiedList>, ProblemHttpResult>> ClassifyAsync(
        ClassifyRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        if (Check(request.Texts) is { } problem)
            return problem;
        var (texts, refusal) = await Classifier(grains, tenancy).ClassifyAsync([.. request.Texts!], request.Version, cancellationToken);
        return refusal is not null ? Problems.From(refusal) : TypedResults.Ok(new ClassifiedList(texts));
    }

    private static async Task<Results<Ok<IntentTrial>, ProblemHttpResult>> TryAsync(TrialRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken)
    {
        if (Check(request.Texts) is { } problem)
            return problem;
        return request.Examples is { Length: > 0 } examples
            ? Answer(await Classifier(grains, tenancy).TryAsync([.. examples], [.. request.Texts!], cancellationToken))
            : Problems.Invalid("examples", "at least one.");
    }

    private static async Task<Ok<UnsureList>> ListUnsureAsync(IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        TypedResults.Ok(new UnsureList(await Unsure(grains, tenancy).ListAsync(cancellationToken)));

    private static async Task<Results<Ok<LabelledMessage>, ProblemHttpResult>> LabelAsync(
        long message, LabelRequest request, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        request.Intent is { } intent ? Answer(await Unsure(grains, tenancy).LabelAsync(message, intent, cancellationToken)) : Problems.Invalid("intent", "is needed.");

    private static async Task<Results<Ok<UnsureMessage>, ProblemHttpResult>> DismissAsync(long message, IGrainFactory grains, IOptions<TenancyOptions> tenancy, CancellationToken cancellationToken) =>
        Answer(await Unsure(grains, tenancy).DismissAsync(message, cancellationToken));

    private static ProblemHttpResult? Check(string?[]? texts) =>
        texts is { Length: > 0 and <= IIntentClassifierGrain.MaxTexts } && texts.All(text => text is not null) ? null : Problems.Invalid("texts", $"1 to {IIntentClassifierGrain.MaxTexts} texts.");

    private static TextFormat FormatOf(string? contentType) => contentType?.Split(';')[0].Trim().ToLowerInvariant() switch
    {
        "text/csv" => TextFormat.Csv,
        "text/tab-separated-values" => TextFormat.Tsv,
        _ => TextFormat.JsonLines,
    };

    private static Results<Ok<T>, ProblemHttpResult> Answer<T>(Result<T> result) => result.Refusal is { } refusal ? Problems.From(refusal) : TypedResults.Ok(result.Value!);

    private static IIntentModelGrain Model(IGrainFactory grains, IOptions<TenancyOptions> tenancy) => grains.GetGrain<IIntentModelGrain>(tenancy.Value.Tenant);

    private static IIntentClassifierGrain Classifier(IGrainFactory grains, IOptions<TenancyOptions> tenancy) => grains.GetGrain<IIntentClassifierGrain>(tenancy.Value.Tenant);

    private static IUnsureMessagesGrain Unsure(IGrainFactory grains, IOptions<TenancyOptions> tenancy) => grains.GetGrain<IUnsureMessagesGrain>(tenancy.Value.Tenant);
}
