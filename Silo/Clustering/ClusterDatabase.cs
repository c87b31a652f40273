using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Npgsql;

namespace CustomerService.Clustering;

/// <summary>Looks into the cluster's database before Orleans does, to say in a sentence what is wrong with it.</summary>
internal sealed class ClusterDatabase(IOptions<ClusteringOptions> options) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Value.Provider != ClusteringProvider.AdoNet)
            return;

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience);
        try
        {
            await using var source = NpgsqlDataSource.Create(options.Value.ConnectionString);
            await using var command = source.CreateCommand("SELECT count(*) FROM OrleansQuery WHERE QueryKey IN ('GatewaysQueryKey', 'WriteToStorageKey', 'ReadReminderRowsKey')");
            if (await command.ExecuteScalarAsync(limit.Token) is not 3L)
                throw Wrong("the database lacks some of Orleans' tables; deploy/README.md names the scripts");
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
        {
            throw Wrong("the database has none of Orleans' tables; deploy/README.md names the scripts");
        }
        catch (Exception exception) when (exception is NpgsqlException or ArgumentException or OperationCanceledException)
        {
            throw Wrong(exception.Message.TrimEnd('.'));
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static OptionsValidationException Wrong(string what) => new("Clustering", typeof(ClusteringOptions), [$"Clustering:ConnectionString: {what}."]);
}
