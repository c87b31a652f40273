using CustomerService.Answers;

namespace CustomerService.Knowledge;

public sealed class KnowledgeGrainTests(KnowledgeCluster cluster) : IClassFixture<KnowledgeCluster>
{
    [Fact]
    public async Task The_status_names_what_could_not_be_read()
    {
        var status = await cluster.Knowledge.GetStatusAsync();

        Assert.Contains(status.Problems, p => p.StartsWith("broken.md has no front matter", StringComparison.Ordinal));
        Assert.NotNull(status.IndexedAt);
    }

    [Fact]
    public async Task A_contact_sees_no_article_for_agents()
    {
        var hidden = await cluster.Knowledge.GetArticleAsync(new("credit"), null, Audience.Public);
        var shown = await cluster.Knowledge.GetArticleAsync(new("credit"), null, Audience.Agent);

        Assert.Equal("article.not_found", hidden.Refusal?.Code);
        Assert.Equal(Audience.Agent, shown.Value?.Audience);
        Assert.DoesNotContain(await cluster.Knowledge.ListArticlesAsync(Audience.Public), a => a.Id.Value == "credit");
    }

    [Fact]
    public async Task Another_tenant_finds_nothing()
    {
        Assert.Empty(await cluster.KnowledgeOfAnotherTenant.ListArticlesAsync(Audience.Agent));
        Assert.Empty(await cluster.KnowledgeOfAnotherTenant.SearchAsync(new("Norway", null, Audience.Agent)));
        Assert.NotNull((await cluster.KnowledgeOfAnotherTenant.GetArticleAsync(new("norway"), null, Audience.Agent)).Refusal);
    }

    [Fact]
    public async Task An_edit_is_found_and_the_version_before_stays_readable()
    {
        cluster.Help.Write("moving.md", HelpCentre.Source("moving", "The umbrella is blue today."));
        await KnowledgeCluster.UntilAsync(async () => (await cluster.Knowledge.GetArticleAsync(new("moving"), null, Audience.Public)).Value is not null);
        var before = (await cluster.Knowledge.GetArticleAsync(new("moving"), null, Audience.Public)).ValueOrThrow();

        cluster.Help.Write("moving.md", HelpCentre.Source("moving", "The umbrella is green from now on."));
        await KnowledgeCluster.UntilAsync(async () => (await cluster.Knowledge.GetArticleAsync(new("moving"), null, Audience.Public)).Value?.Version != before.Version);

        var found = await cluster.Knowledge.SearchAsync(new("umbrella", "en", Audience.Public));
        Assert.Contains("green", found[0].Passage.Text, StringComparison.Ordinal);
        Assert.Equal(before, (await cluster.Knowledge.GetArticleAsync(new("moving"), before.Version, Audience.Public)).Value);
        Assert.NotNull((await cluster.Knowledge.GetArticleAsync(new("moving"), "0123456789ab", Audience.Public)).Refusal);
        Assert.NotNull((await cluster.Knowledge.GetArticleAsync(new("moving"), "../../secret", Audience.Public)).Refusal);
    }

    [Fact]
    public async Task Readers_never_see_half_an_index()
    {
        using var stop = new CancellationTokenSource();
        var reader = Task.Run(async () =>
        {
            var torn = 0;
            while (!stop.IsCancellationRequested)
            {
                foreach (var hit in await cluster.Knowledge.SearchAsync(new("parcel Norway", "en", Audience.Public)))
                    torn += hit.Passage.Text.Length > 0 ? 0 : 1;
            }

            return torn;
        });

        for (var edit = 0; edit < 5; edit++)
        {
            cluster.Help.Write("delivery/spain.md", HelpCentre.Source("spain", $"A parcel to Spain takes {edit + 2} days in all."));
            await KnowledgeCluster.UntilAsync(async () =>
                (await cluster.Knowledge.GetArticleAsync(new("spain"), null, Audience.Public)).Value?.Markdown.Contains($"{edit + 2} days", StringComparison.Ordinal) == true);
        }

        await stop.CancelAsync();
        Assert.Equal(0, await reader);
    }

    [Fact]
    public async Task An_answer_comes_with_its_time_and_its_sources()
    {
        var answer = await cluster.Answers.ComposeAsync(new("How long does delivery of a parcel to Norway take?", "en", null, [], TimeSpan.FromSeconds(3)));

        Assert.Equal(AnswerRung.Extractive, answer.Rung);
        Assert.True(answer.Elapsed > TimeSpan.Zero);
        Assert.All(answer.Sentences, s => Assert.Equal("norway", s.Citations[0].Article.Value));
    }

    [Fact]
    public async Task A_budget_that_has_run_out_ends_with_a_person()
    {
        var answer = await cluster.Answers.ComposeAsync(new("How long does delivery of a parcel to Norway take?", "en", null, [], TimeSpan.Zero));

        Assert.Equal((AnswerRung.Human, "Composing an answer took too long."), (answer.Rung, answer.HandoffReason));
    }
}
