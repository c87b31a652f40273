using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CustomerService.Clustering;

/// <summary>
/// Keeps a second silo out of the cluster: conversations are in a journal beside the silo (<c>Storage:Path</c>), which another one would not see.
/// Looks before the silo joins, so that none of them ever answers from the wrong journal, and once more after it, for two that came at once.
/// </summary>
internal sealed class OneSilo(IServiceProvider services, ILocalSiloDetails own, IOptions<ClusteringOptions> clustering, IOptions<ClusterMembershipOptions> membership, TimeProvider time) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (clustering.Value.Provider == ClusteringProvider.Localhost)
            await ThrowIfTakenAsync(cancellationToken);
        else
            await LookAsync(cancellationToken);
    }

    /// <summary>Whether another silo has joined; on one machine there is no table to look into.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (clustering.Value.Provider == ClusteringProvider.Localhost || services.GetService<IMembershipTable>() is not { } table)
            return;

        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, cancellationToken);
        var others = (await table.ReadAllAsync(cancellationToken)).Members.Select(member => member.Item1).Where(IsAlive).Select(silo => silo.SiloAddress.Endpoint).Where(endpoint => !endpoint.Equals(own.SiloAddress.Endpoint)).ToArray();
        if (others.Length > 0)
            throw new OptionsValidationException("Clustering", typeof(ClusteringOptions),
                [$"Clustering:ClusterId: the cluster has a silo already, at {string.Join(", ", others.AsEnumerable())}. It keeps the conversations in a file of its own, so there can be one; run more Gateways and Dashboards instead."]);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Orleans binds its ports so that two silos may share them without a word, and each gets some of the clients.
    private async Task ThrowIfTakenAsync(CancellationToken cancellationToken)
    {
        foreach (var (name, port) in new[] { (nameof(ClusteringOptions.SiloPort), clustering.Value.SiloPort), (nameof(ClusteringOptions.GatewayPort), clustering.Value.GatewayPort) })
        {
            using var probe = new TcpClient();
            try
            {
                await probe.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            }
            catch (SocketException)
            {
                continue;
            }

            throw new OptionsValidationException("Clustering", typeof(ClusteringOptions), [$"Clustering:{name}: another program listens at port {port}. If that is a silo, it is the one of this machine; run more Gateways and Dashboards instead."]);
        }
    }

    // One that ended without a word stays in the table as active, but no longer says that it is alive.
    private bool IsAlive(MembershipEntry silo) =>
        silo.Status is SiloStatus.Joining or SiloStatus.Active && time.GetUtcNow().UtcDateTime - silo.IAmAliveTime < membership.Value.IAmAliveTablePublishTimeout * membership.Value.NumMissedTableIAmAliveLimit;
}
