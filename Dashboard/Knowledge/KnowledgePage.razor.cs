using CustomerService.Shell;
using Microsoft.AspNetCore.Components;

namespace CustomerService.Knowledge;

/// <summary>What the assistant may quote: the articles, and how their index stands.</summary>
public sealed partial class KnowledgePage
{
    private ImmutableArray<ArticleRow>? _rows;
    private KnowledgeStatus? _status;
    private Article? _article;
    private string? _shown;
    private string? _problem;
    private string? _articleProblem;
    private string _search = "";

    /// <summary>The open article; null when none is.</summary>
    [Parameter] public string? Id { get; set; }

    private IKnowledgeGrain Knowledge => Grains.GetGrain<IKnowledgeGrain>(Tenancy.Value.TenantId.Value);

    private List<ArticleRow> Found => [.. (_rows ?? []).Where(row =>
        row.Title.Contains(_search.Trim(), StringComparison.OrdinalIgnoreCase) || row.Section.Contains(_search.Trim(), StringComparison.OrdinalIgnoreCase))];

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
            await LoadAsync();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || _shown == Id)
            return;

        (_shown, _article, _articleProblem) = (Id, null, null);
        if (Id is not null)
            await LoadArticleAsync(Id);
    }

    private async Task LoadAsync()
    {
        var (rows, refusal) = await Knowledge.ListArticlesAsync(Audience.Agent).OrRefusalAsync(Logger);
        _problem = refusal is null ? null : "The articles could not be read just now. Nothing was changed.";
        _rows = refusal is null ? rows : _rows;
        _status = (await Knowledge.GetStatusAsync().OrRefusalAsync(Logger)).Value;
        StateHasChanged();
    }

    private async Task LoadArticleAsync(string id)
    {
        if (!ArticleId.TryParse(id, null, out var article))
        {
            _articleProblem = "There is no such article.";
            return;
        }

        (_article, var refusal) = await Knowledge.GetArticleAsync(article, null, Audience.Agent).OrRefusalAsync(Logger);
        _articleProblem = refusal?.Detail;
    }
}
