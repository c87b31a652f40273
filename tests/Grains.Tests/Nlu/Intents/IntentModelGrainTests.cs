namespace CustomerService.Nlu.Intents;

public sealed class IntentModelGrainTests(IntentCluster cluster) : IClassFixture<IntentCluster>
{
    private readonly IIntentModelGrain _tenant = cluster.NewTenant();

    [Fact]
    public async Task A_training_makes_a_version_with_its_quality_that_is_not_active_yet()
    {
        await _tenant.AddAsync(IntentCluster.Garden);

        var status = await IntentCluster.TrainAsync(_tenant);

        Assert.Equal((TrainingStage.Done, 1, 25, 5), (status.Training!.Stage, status.Training.Done, status.Training.Examples, status.Training.Intents));
        Assert.Equal([1], status.Versions.Select(version => version.Number));
        Assert.Null(status.Active);
        Assert.False(status.HasUntrained);
        var version = (await _tenant.GetVersionAsync(1)).ValueOrThrow();
        Assert.Equal(["book_mowing", "build_fence", "buy_seeds", "fight_pests", "prune_tree"], version.Quality.Intents.Select(intent => intent.Intent));
        Assert.Equal(version.Quality.Accuracy, version.Summary.Accuracy);
    }

    [Fact]
    public async Task A_version_answers_from_its_activation_on_and_the_one_before_after_it_is_rolled_back()
    {
        await _tenant.AddAsync(IntentCluster.Garden);
        await IntentCluster.TrainAsync(_tenant);
        await _tenant.AddAsync([.. IntentCluster.Examples("rent_tools", "Can I rent a chainsaw?", "I need a ladder for a day")]);
        await IntentCluster.TrainAsync(_tenant);

        (await _tenant.ActivateAsync(2)).ValueOrThrow();
        await IntentCluster.UntilAsync(_tenant, status => status is { Active: 2, Ready: 2 });
        (await _tenant.ActivateAsync(1)).ValueOrThrow();
        await IntentCluster.UntilAsync(_tenant, status => status is { Active: 1, Ready: 1 });
        (await _tenant.ActivateAsync(null)).ValueOrThrow();
        await IntentCluster.UntilAsync(_tenant, status => status is { Active: null, Ready: null });

        Assert.Equal("intents.version_not_found", (await _tenant.ActivateAsync(3)).Refusal?.Code);
    }

    [Fact]
    public async Task Only_the_newest_versions_are_kept_and_the_active_one()
    {
        await _tenant.AddAsync(IntentCluster.Garden);
        await IntentCluster.TrainAsync(_tenant);
        await _tenant.ActivateAsync(1);
        for (var i = 0; i < 3; i++)
            await IntentCluster.TrainAsync(_tenant);

        var status = await _tenant.GetAsync();

        Assert.Equal([4, 3, 1], status.Versions.Select(version => version.Number));
        Assert.Equal("intents.version_not_found", (await _tenant.GetVersionAsync(2)).Refusal?.Code);
        await IntentCluster.UntilAsync(_tenant, status => status.Ready == 1);
    }

    [Fact]
    public async Task While_a_training_waits_or_runs_the_examples_can_be_worked_on_and_it_can_be_cancelled()
    {
        using var held = new ManualResetEventSlim();
        var other = cluster.Trainings.TrainAsync(cluster.Models.BuiltIn, IntentCluster.Garden, (_, _) => held.Wait(TestContext.Current.CancellationToken), TestContext.Current.CancellationToken);
        await _tenant.AddAsync(IntentCluster.Garden);

        var begun = (await _tenant.TrainAsync()).ValueOrThrow();
        var again = await _tenant.TrainAsync();
        var added = await _tenant.AddAsync([new("Is the lawn of the park yours?", "other")]);
        await _tenant.CancelAsync();
        var ended = await IntentCluster.UntilAsync(_tenant, status => !status.Training!.IsRunning());
        held.Set();
        await other;

        Assert.Equal(TrainingStage.Waiting, begun.Stage);
        Assert.Equal("intents.training", again.Refusal?.Code);
        Assert.Single(added.ValueOrThrow().Added);
        Assert.Equal(TrainingStage.Cancelled, ended.Training!.Stage);
        Assert.Empty(ended.Versions);
        Assert.Equal("intents.not_training", (await _tenant.CancelAsync()).Refusal?.Code);
    }

    [Fact]
    public async Task Progress_only_rises_and_passes_through_every_step()
    {
        var steps = new List<(TrainingStage Stage, double Done)>();

        await cluster.Trainings.TrainAsync(cluster.Models.BuiltIn, IntentCluster.Garden, (stage, done) => steps.Add((stage, done)), TestContext.Current.CancellationToken);

        Assert.Equal([TrainingStage.Encoding, TrainingStage.Judging, TrainingStage.Finishing], steps.Select(step => step.Stage).Distinct());
        Assert.Equal(steps.Select(step => step.Done).Order(), steps.Select(step => step.Done));
        Assert.Equal(1, steps[^1].Done);
    }

    [Fact]
    public async Task Too_few_examples_are_no_training()
    {
        await _tenant.AddAsync([.. IntentCluster.Garden.Take(3)]);
        Assert.Equal("intents.count_invalid", (await _tenant.TrainAsync()).Refusal?.Code);

        await _tenant.AddAsync([new("hello", "greeting")]);
        Assert.Equal("intents.too_few_examples", (await _tenant.TrainAsync()).Refusal?.Code);
    }

    [Fact]
    public async Task A_file_is_imported_whole_or_not_at_all()
    {
        var refused = await _tenant.ImportAsync("text,intent\none,a\ntwo,\n", TextFormat.Csv);
        var imported = await _tenant.ImportAsync("text,intent\none,a\ntwo,a\none,a\n", TextFormat.Csv);

        Assert.Equal("intents.name_invalid", refused.Refusal?.Code);
        Assert.Equal("texts.unreadable", (await _tenant.ImportAsync("text;intent\n", TextFormat.Csv)).Refusal?.Code);
        Assert.Equal("intents.name_invalid", (await _tenant.ImportAsync("one\n", TextFormat.Lines)).Refusal?.Code);
        Assert.Equal((2, 1), (imported.ValueOrThrow().Added.Length, imported.ValueOrThrow().Known));
        Assert.Equal(2, (await _tenant.GetAsync()).Examples);
    }

    [Fact]
    public async Task Examples_are_listed_by_intent_and_page_by_page()
    {
        await _tenant.AddAsync(IntentCluster.Garden);

        var first = await _tenant.ListAsync("prune_tree", after: 0, limit: 2);
        var second = await _tenant.ListAsync("prune_tree", first.Items[^1].Id, limit: 2);

        Assert.Equal((2, 2, 5), (first.Items.Length, second.Items.Length, second.Total));
        Assert.Equal(25, (await _tenant.ListAsync(null, 0, 500)).Items.Length);
        Assert.Empty((await _tenant.ListAsync("none", 0, 500)).Items);
    }
}
