using CustomerService.Shell;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Agents;

/// <summary>The people of the tenant, for administrators.</summary>
public sealed partial class People
{
    private ImmutableArray<AgentProfile>? _people;
    private NewPerson _new = new();
    private Added? _added;
    private string? _problem;

    [CascadingParameter] private AgentProfile Me { get; set; } = default!;

    [Inject] private IGrainFactory Grains { get; set; } = default!;

    [Inject] private IOptions<TenancyOptions> Tenancy { get; set; } = default!;

    [Inject] private ILogger<People> Logger { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    private IAgentDirectoryGrain Directory => Grains.Directory(Tenancy);

    /// <inheritdoc/>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        await LoadAsync();
        StateHasChanged();
    }

    private async Task LoadAsync()
    {
        var (people, refusal) = await Directory.ListAsync().OrRefusalAsync(Logger);
        if (refusal is null)
            _people = people;
        else
            _problem = "The list could not be read just now. Reload the page to try again.";
    }

    private async Task AddAsync()
    {
        _problem = null;
        if (!AgentId.TryParse(_new.Agent.Trim().ToLowerInvariant(), null, out var id))
        {
            _problem = "A sign-in name has lower-case letters, digits, '.', '_' and '-', and at most 64 of them. Nobody was added.";
            return;
        }

        var (password, refusal) = await Directory.AddAsync(Me, id, _new.Name, _new.Role).OrRefusalAsync(Logger);
        _problem = refusal?.Detail;
        if (password is null)
            return;

        (_added, _new) = (new(_new.Name.Trim(), id, password), new());
        await LoadAsync();
    }

    private async Task ChangeAsync(AgentProfile person, AgentRole role, bool isDisabled)
    {
        var (changed, refusal) = await Directory.ChangeAsync(Me, person.Id, role, isDisabled).OrRefusalAsync(Logger);
        if (changed is null)
            Toasts.Show(refusal!.Detail, isProblem: true);
        else
            Toasts.Show(Done(changed), new("Undo", () => ChangeAsync(changed, person.Role, person.IsDisabled)));

        await LoadAsync();
        StateHasChanged();
    }

    private static string Done(AgentProfile person) =>
        person.IsDisabled ? $"{person.Name} can no longer sign in." : $"{person.Name} is {(person.Role == AgentRole.Supervisor ? "a supervisor" : person.Role == AgentRole.Admin ? "an admin" : "an agent")}.";

    private sealed class NewPerson
    {
        public string Name { get; set; } = "";

        public string Agent { get; set; } = "";

        public AgentRole Role { get; set; }
    }

    private sealed record Added(string Name, AgentId Agent, string Password);
}
