using CustomerService.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.JSInterop;

namespace CustomerService.Nlu;

/// <summary>One entity: what describes it, and what it would find in a text as it is typed.</summary>
public sealed partial class EntityForm : IDisposable
{
    private const int MaxMegabytes = 1;

    // A pause between two keys is shorter.
    private static readonly TimeSpan TypingPause = TimeSpan.FromMilliseconds(150);
    private string _name = "", _pattern = "", _values = "", _text = "";
    private bool _isPersonal = true, _isReady;
    private Refusal? _refusal;
    private ImmutableArray<Entity> _found = [];
    private CancellationTokenSource _typing = new();

    private enum Field
    {
        None,
        Name,
        Pattern,
        Values,
    }

    /// <summary>All of the tenant's entities as they are shown.</summary>
    [Parameter, EditorRequired] public OwnEntityList List { get; set; } = default!;

    /// <summary>The one that is changed; null to describe a new one.</summary>
    [Parameter] public OwnEntity? Entity { get; set; }

    /// <summary>Hears of what is stored from now on.</summary>
    [Parameter] public EventCallback<OwnEntityList> OnChanged { get; set; }

    [Inject] private EntityDesk Desk { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private IJSRuntime Script { get; set; } = default!;

    private OwnEntity Draft => new(_name.Trim(), _pattern.Length == 0 ? null : _pattern, OwnValues.Read(_values), _isPersonal);

    /// <inheritdoc/>
    protected override void OnInitialized() => Show(Entity ?? Desk.TakeDraft());

    // The script that hears of a chosen file is attached with the first rendering; when this call of it has come back, it is.
    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        await Script.CallAsync("focus", "");
        _isReady = true;
        StateHasChanged();
    }

    private void Show(OwnEntity? entity)
    {
        if (entity is not null)
            (_name, _pattern, _values, _isPersonal) = (entity.Name, entity.Pattern ?? "", OwnValues.Write(entity.Values), entity.IsPersonal);
    }

    private async Task TryAsync()
    {
        await _typing.CancelAsync();
        _typing.Dispose();
        var typing = (_typing = new()).Token;
        try { await Task.Delay(TypingPause, Time, typing); }
        catch (OperationCanceledException) { return; }

        // Nobody is told that a name is missing before it is typed, nor that there is nothing to find.
        var draft = Draft is { Name: "" } nameless ? nameless with { Name = "this_entity" } : Draft;
        var isEmpty = draft.Pattern is null && draft.Values.IsEmpty;
        var (found, refusal) = await Desk.TryAsync(_text, isEmpty ? Others() : With(draft));
        if (typing.IsCancellationRequested)
            return;

        (_refusal, _found) = (refusal, refusal is null ? found : []);
    }

    private async Task SaveAsync()
    {
        var (before, draft) = (Entity, Draft);
        var (stored, refusal) = await Desk.ReplaceAsync(List, With(draft));
        _refusal = refusal;
        if (refusal?.Code == "entities.changed")
            await OnChanged.InvokeAsync(await Desk.ReadAsync(CancellationToken.None));
        if (refusal is not null)
            return;

        await OnChanged.InvokeAsync(stored);
        Desk.Say($"{Words.Intent(draft.Name)} saved. Messages are searched for it from now on.", now => before is null ? Without(now, draft.Name) : Put(now, draft.Name, before), now => UndoneAsync(now, before, draft));
        if (before?.Name != draft.Name)
            Navigation.NavigateTo(EntitiesPage.Href(draft.Name));
    }

    // Leads to the old name, or to the form as it was before it was saved.
    private async Task UndoneAsync(OwnEntityList now, OwnEntity? before, OwnEntity draft)
    {
        Show(before);
        if (before is null)
            Desk.Keep(draft);
        await OnChanged.InvokeAsync(now);
        Navigation.GoOn(EntitiesPage.Href(draft.Name), before is null ? EntitiesPage.New : EntitiesPage.Href(before.Name));
    }

    private async Task RemoveAsync()
    {
        var (removed, at) = (Entity!, List.Entities.IndexOf(Entity!));
        var (stored, refusal) = await Desk.ReplaceAsync(List, Without(List.Entities, removed.Name));
        _refusal = refusal;
        if (refusal is not null)
            return;

        Desk.Say($"{Words.Intent(removed.Name)} removed.", now => Without(now, removed.Name) is var others ? others.Insert(Math.Clamp(at, 0, others.Length), removed) : now, async now =>
        {
            await OnChanged.InvokeAsync(now);
            Navigation.GoOn(EntitiesPage.All, EntitiesPage.Href(removed.Name));
        });
        await OnChanged.InvokeAsync(stored);
        Navigation.NavigateTo(EntitiesPage.All);
    }

    private async Task ImportAsync(InputFileChangeEventArgs change)
    {
        try
        {
            using var reader = new StreamReader(change.File.OpenReadStream(MaxMegabytes << 20));
            var values = OwnValues.ReadFile(await reader.ReadToEndAsync());
            _values = OwnValues.Write([.. OwnValues.Read(_values), .. values]);
        }
        catch (IOException)
        {
            _refusal = new(RefusalKind.Invalid, "entities.values_invalid", $"Nothing was added: the file could not be read, or has more than {MaxMegabytes} MB.");
            return;
        }

        await TryAsync();
    }

    private ImmutableArray<OwnEntity> Others() => Without(List.Entities, Entity?.Name);

    private ImmutableArray<OwnEntity> With(OwnEntity draft) => Entity is { } before ? Put(List.Entities, before.Name, draft) : List.Entities.Add(draft);

    private static ImmutableArray<OwnEntity> Without(ImmutableArray<OwnEntity> entities, string? name) => entities.RemoveAll(entity => entity.Name == name);

    // In the place of the one of this name; at the end when it is gone.
    private static ImmutableArray<OwnEntity> Put(ImmutableArray<OwnEntity> entities, string name, OwnEntity entity) =>
        entities.FirstOrDefault(one => one.Name == name) is { } known ? entities.Replace(known, entity) : entities.Add(entity);

    private string? Of(Field field) => _refusal is { } refusal && FieldOf(refusal.Code) == field ? refusal.Detail : null;

    private string? Invalid(Field field) => Of(field) is null ? null : "true";

    private string? Described(Field field) => Of(field) is null ? null : $"{field.ToString().ToLowerInvariant()}-problem";

    private static Field FieldOf(string code) => code switch
    {
        "entities.name_invalid" or "entities.name_twice" => Field.Name,
        "entities.pattern_invalid" or "entities.pattern_empty" or "entities.empty" => Field.Pattern,
        "entities.values_invalid" or "entities.form_twice" => Field.Values,
        _ => Field.None,
    };

    /// <inheritdoc/>
    public void Dispose()
    {
        _typing.Cancel();
        _typing.Dispose();
    }
}
