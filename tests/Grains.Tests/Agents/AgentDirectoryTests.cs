using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Agents;

public sealed class AgentDirectoryTests(AgentDirectoryTests.Cluster cluster) : IClassFixture<AgentDirectoryTests.Cluster>
{
    private const string Own = "a quiet morning tide";

    private static readonly AgentId Admin = new("admin");

    private readonly IAgentDirectoryGrain _directory = cluster.Grains.GetGrain<IAgentDirectoryGrain>($"t-{Guid.NewGuid():N}");

    [Fact]
    public async Task The_first_administrator_signs_in_with_the_password_that_was_printed_and_must_choose_another()
    {
        var printed = await _directory.StartFirstRunAsync();

        var admin = (await _directory.SignInAsync("  Admin ", printed!)).ValueOrThrow();

        Assert.Equal((Admin, AgentRole.Admin, true), (admin.Id, admin.Role, admin.MustChangePassword));
    }

    [Fact]
    public async Task A_password_that_was_never_replaced_is_printed_anew_and_the_old_one_is_void()
    {
        var first = await _directory.StartFirstRunAsync();
        var second = await _directory.StartFirstRunAsync();

        Assert.NotEqual(first, second);
        Assert.Equal("agent.wrong_password", (await _directory.SignInAsync("admin", first!)).Refusal?.Code);
        Assert.Null((await _directory.SignInAsync("admin", second!)).Refusal);
    }

    [Fact]
    public async Task Nothing_is_printed_once_a_password_was_chosen()
    {
        await ChooseAsync();

        Assert.Null(await _directory.StartFirstRunAsync());
        Assert.False((await _directory.SignInAsync("admin", Own)).ValueOrThrow().MustChangePassword);
    }

    [Theory, InlineData("admin"), InlineData("nobody"), InlineData("not a name!"), InlineData("")]
    public async Task A_wrong_password_and_an_unknown_name_are_refused_alike(string name)
    {
        await ChooseAsync();

        var refusal = (await _directory.SignInAsync(name, "wrong")).Refusal!;

        Assert.Equal((RefusalKind.Unauthenticated, "agent.wrong_password"), (refusal.Kind, refusal.Code));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_name_for_five_minutes_even_for_the_right_one()
    {
        await ChooseAsync();
        for (var i = 0; i < 4; i++)
            Assert.Equal("agent.wrong_password", (await _directory.SignInAsync("admin", "wrong")).Refusal?.Code);

        Assert.Equal("agent.locked", (await _directory.SignInAsync("admin", "wrong")).Refusal?.Code);
        var locked = (await _directory.SignInAsync("admin", Own)).Refusal!;
        cluster.Clock.Advance(TimeSpan.FromMinutes(5));
        var opened = await _directory.SignInAsync("admin", Own);

        Assert.Equal((RefusalKind.TooMany, "Too many wrong passwords. Nobody can sign in with this name for 5 minutes; try again after that."), (locked.Kind, locked.Detail));
        Assert.Null(opened.Refusal);
    }

    [Fact]
    public async Task A_right_password_forgets_the_wrong_ones_before_it()
    {
        await ChooseAsync();
        for (var i = 0; i < 8; i++)
        {
            await _directory.SignInAsync("admin", i % 4 == 3 ? Own : "wrong");
        }

        Assert.Null((await _directory.SignInAsync("admin", Own)).Refusal);
    }

    [Theory, InlineData("too short"), InlineData("printed")]
    public async Task A_weak_password_and_the_old_one_are_refused(string asked)
    {
        var printed = await _directory.StartFirstRunAsync();

        var refusal = (await _directory.ChangePasswordAsync(Admin, printed!, asked == "printed" ? printed! : asked)).Refusal;

        Assert.Equal("agent.weak_password", refusal?.Code);
    }

    [Fact]
    public async Task An_added_person_signs_in_with_the_one_time_password()
    {
        var admin = await ChooseAsync();

        var password = (await _directory.AddAsync(admin, new("mara"), " Mara Lindqvist ", AgentRole.Supervisor)).ValueOrThrow();
        var mara = (await _directory.SignInAsync("mara", password)).ValueOrThrow();

        Assert.Equal(new AgentProfile(new("mara"), "Mara Lindqvist", AgentRole.Supervisor, MustChangePassword: true), mara);
        Assert.Equal("agent.exists", (await _directory.AddAsync(admin, new("mara"), "Another", AgentRole.Agent)).Refusal?.Code);
        Assert.Equal(["Administrator", "Mara Lindqvist"], (await _directory.ListAsync()).Select(p => p.Name));
    }

    [Fact]
    public async Task Only_an_administrator_of_the_directory_adds_and_changes_whatever_the_caller_claims()
    {
        await ChooseAsync();
        var impostor = new AgentProfile(new("mara"), "Mara", AgentRole.Admin);

        Assert.Equal("agent.not_allowed", (await _directory.AddAsync(impostor, new("x"), "X", AgentRole.Admin)).Refusal?.Code);
        Assert.Equal("agent.not_allowed", (await _directory.ChangeAsync(impostor, Admin, AgentRole.Agent, isDisabled: true)).Refusal?.Code);
    }

    [Fact]
    public async Task Nobody_changes_themselves_and_nobody_unknown_is_changed()
    {
        var admin = await ChooseAsync();

        Assert.Equal("agent.not_allowed", (await _directory.ChangeAsync(admin, Admin, AgentRole.Agent, isDisabled: false)).Refusal?.Code);
        Assert.Equal("agent.not_found", (await _directory.ChangeAsync(admin, new("nobody"), AgentRole.Agent, isDisabled: false)).Refusal?.Code);
    }

    [Fact]
    public async Task A_disabled_person_cannot_sign_in_and_is_told_no_more_than_a_wrong_password()
    {
        var admin = await ChooseAsync();
        var password = (await _directory.AddAsync(admin, new("mara"), "Mara", AgentRole.Agent)).ValueOrThrow();

        await _directory.ChangeAsync(admin, new("mara"), AgentRole.Agent, isDisabled: true);

        Assert.Equal("agent.wrong_password", (await _directory.SignInAsync("mara", password)).Refusal?.Code);
        Assert.True((await _directory.GetAsync(new("mara"))).ValueOrThrow().IsDisabled);
    }

    private async Task<AgentProfile> ChooseAsync()
    {
        var printed = await _directory.StartFirstRunAsync();
        return (await _directory.ChangePasswordAsync(Admin, printed!, Own)).ValueOrThrow();
    }

    public sealed class Cluster : IAsyncLifetime
    {
        private readonly InProcessTestCluster _cluster;

        public Cluster() => _cluster = new InProcessTestClusterBuilder(initialSilosCount: 1)
            .ConfigureHost(host =>
            {
                host.Configuration["Agents:HashIterations"] = "1000";
                host.Services.AddAgents();
                host.Services.RemoveAll<TimeProvider>();
                host.Services.AddSingleton<TimeProvider>(Clock);
            })
            .ConfigureSilo((_, silo) => silo.AddMemoryGrainStorage(AgentServices.Storage))
            .Build();

        public AheadClock Clock { get; } = new();

        public IGrainFactory Grains => _cluster.Client;

        public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

        public ValueTask DisposeAsync() => _cluster.DisposeAsync();
    }

    /// <summary>The machine's clock, set forward: the engine, whose clock it is too, goes on.</summary>
    public sealed class AheadClock : TimeProvider
    {
        private TimeSpan _ahead;

        public void Advance(TimeSpan span) => _ahead += span;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
    }
}
