using CustomerService.Agents;
using CustomerService.Conversations;
using CustomerService.Routing;
using CustomerService.Simulation.Checking;
using CustomerService.Simulation.Storage;
using CustomerService.Simulation.Workload;
using CustomerService.Tenancy;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CustomerService.Simulation.Deployment;

/// <summary>The Dashboard's own feeds in one silo, one per open page, checked at every change and when all is at rest.</summary>
internal sealed class Views(SimulatedSilo silo, DashboardOptions options, Disk disk, Promises promises)
{
    private readonly Dictionary<(AgentId, ConversationKey), ConversationFeed> _feeds = [];
    private QueueFeed? _board;

    public void Start() => silo.Node.Run(() =>
    {
        _board = new(silo.Grains, Options.Create(new TenancyOptions { Tenant = Staff.Tenant.Value }), Options.Create(options), silo.Node.Time, NullLogger<QueueFeed>.Instance);
        _board.Start();
        return Task.CompletedTask;
    });

    public void Open(AgentProfile agent, ConversationKey conversation)
    {
        if (_feeds.ContainsKey((agent.Id, conversation)))
            return;

        var feed = _feeds[(agent.Id, conversation)] = new(conversation, agent, silo.Grains, options, silo.Node.Time, NullLogger.Instance);
        feed.Changed += (_, _) => CheckOrder(feed);
        silo.Node.Run(() =>
        {
            feed.Start();
            return Task.CompletedTask;
        });
    }

    public void CheckAtRest(bool withBoard)
    {
        foreach (var feed in _feeds.Values)
        {
            CheckOrder(feed);
            if (feed.Entries.IsEmpty || feed.Entries[^1].Sequence != disk.LastOf(feed.Key))
                promises.Fail(Promises.CatchUp, $"an agent's page shows {Promises.Short(feed.Key)} up to {feed.Entries.LastOrDefault()?.Sequence}, the journal goes to {disk.LastOf(feed.Key)}");
        }

        if (!withBoard)
            return;

        var shown = _board!.Board.Rows.Select(row => (row.Key, row.LastSequence, row.Status, row.Baton)).ToHashSet();
        var open = promises.Shadows.Select(shadow => shadow.State).Where(state => state is { Exists: true, IsResolved: false }).Select(state => (state.Key, state.LastSequence, state.Status, state.Baton)).ToHashSet();
        if (!shown.SetEquals(open))
            promises.Fail(Promises.CatchUp, $"the queue shows {Text(shown)} and should show {Text(open)}");
    }

    private static string Text(IEnumerable<(ConversationKey Key, long LastSequence, ConversationStatus, Baton)> rows) =>
        $"[{string.Join(", ", rows.Select(row => $"{Promises.Short(row.Key)} at {row.LastSequence}").Order(StringComparer.Ordinal))}]";

    private void CheckOrder(ConversationFeed feed)
    {
        for (var index = 1; index < feed.Entries.Count; index++)
        {
            if (feed.Entries[index].Sequence != feed.Entries[index - 1].Sequence + 1)
                promises.Fail(Promises.CatchUp, $"an agent's page shows entry {feed.Entries[index].Sequence} of {Promises.Short(feed.Key)} after {feed.Entries[index - 1].Sequence}");
        }
    }
}
