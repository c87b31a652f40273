using CustomerService.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>The tenant's own entities: what messages are searched for besides the usual.</summary>
public sealed partial class EntitiesPage
{
    /// <summary>Where the list alone is shown.</summary>
    internal const string All = "/desk/entities";

    /// <summary>Where another one is described.</summary>
    internal const string New = $"{All}?view=new";

    private OwnEntityList? _list;
    private string? _problem;
    private LiveLoop? _loop;

    /// <summary>The entity that is shown; null for none.</summary>
    [SupplyParameterFromQuery(Name = "entity")]
    public string? Name { get; set; }

    /// <summary><c>new</c> to describe another one.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    [Inject] private EntityDesk Desk { get; set; } = default!;

    [Inject] private IOptions<DashboardOptions> Options { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private ILogger<EntitiesPage> Logger { get; set; } = default!;

    /// <summary>Where an entity is shown.</summary>
    internal static string Href(string name) => $"{All}?entity={Uri.EscapeDataString(name)}";

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;

        _loop = new(Options.Value, Time, Logger);
        _loop.Start(_ => Task.CompletedTask, ReadAsync, Failed);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var list = await Desk.ReadAsync(cancellationToken);
        await InvokeAsync(() => Changed(list));
    }

    // What was read before a change must not take its place.
    private void Changed(OwnEntityList list)
    {
        (_list, _problem) = (_list is { } shown && shown.Version > list.Version ? shown : list, null);
        StateHasChanged();
    }

    private void Failed(Exception fault) => _ = InvokeAsync(() =>
    {
        _problem = "The entities could not be read just now. Nothing was changed; it tries again by itself.";
        StateHasChanged();
    });

    private static string FoundBy(OwnEntity entity) => (entity.Pattern, entity.Values.Length) switch
    {
        ({ } pattern, 0) => pattern,
        ({ } pattern, var count) => $"{pattern} and {Words.Count(count, "value", "values")}",
        (null, var count) => Words.Count(count, "value", "values"),
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_loop is not null)
            await _loop.DisposeAsync();
    }
}
