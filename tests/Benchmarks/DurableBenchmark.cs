using System.Diagnostics;
using CustomerService.Agents;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Evals;
using CustomerService.Inboxes;
using CustomerService.Routing;
using CustomerService.Storage;
using CustomerService.Tenancy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace CustomerService.Benchmarks;

/// <summary>
/// Durable messages a second through the whole conversation path with understanding off: grain call, rules, journal, commit, list.
/// Agents hold the conversations, so that nothing is composed. Beside it: bare inserts with as many rows a commit as the path had.
/// </summary>
internal static class DurableBenchmark
{
    private static readonly TenantId Tenant = TenantId.Parse("bench");
    private static readonly AgentProfile Agent = new(AgentId.Parse("agent"), "Agent", AgentRole.Agent);

    public static async Task<IReadOnlyCollection<Figure>> RunAsync(bool isQuick)
    {
        var (conversations, callers, time) = isQuick ? (2_000, 512, TimeSpan.FromSeconds(5)) : (10_000, 512, TimeSpan.FromSeconds(15));
        var folder = Directory.CreateTempSubdirectory("bench-durable-").FullName;
        try
        {
            var path = await MeasureAsync(Path.Combine(folder, "path.db"), conversations, callers, time);
            var raw = RawInserts.Measure(Path.Combine(folder, "raw.db"), Math.Max(1, (int)path.RowsPerCommit), path.Body, time / 3);
            return
            [
                new("durable.messages_per_s", Math.Round(path.PerSecond), "1/s", Math.Round(raw.PerSecond)),
                new("durable.ack_p50_ms", Math.Round(path.P50, 2), "ms"),
                new("durable.ack_p99_ms", Math.Round(path.P99, 2), "ms", 20),
                new("durable.rows_per_commit", Math.Round(path.RowsPerCommit, 1), "rows"),
                new("durable.cpu_us_per_message", Math.Round(path.CpuMicroseconds, 2), "us", Math.Round(raw.CpuMicroseconds, 2)),
                new("durable.allocated_bytes_per_message", Math.Round(path.Allocated), "bytes"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<Measured> MeasureAsync(string database, int conversations, int callers, TimeSpan time)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection([KeyValuePair.Create<string, string?>("Storage:Path", database), KeyValuePair.Create<string, string?>("Conversations:Understand", "false")]);
        builder.UseOrleans(_ => { });
        builder.Services.AddStorage().AddConversations().AddQueues();
        using var host = builder.Build();
        await host.StartAsync();
        var grains = Enumerable.Range(0, conversations).Select(_ => host.Services.GetRequiredService<IGrainFactory>().GetGrain<IConversationGrain>($"{Tenant}/{Guid.NewGuid():N}")).ToArray();
        await EachAsync(callers, conversations, async number =>
        {
            await grains[number].PostAsync(Message(number, "first"));
            await grains[number].TakeAsync(Agent);
        });

        var writer = host.Services.GetRequiredService<SqliteWriter>();
        var (commits, allocated, cpu, clock) = (writer.Commits, GC.GetTotalAllocatedBytes(), Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
        var latencies = new Latencies();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(caller => Task.Run(async () =>
        {
            for (var turn = 0; clock.Elapsed < time; turn++)
            {
                var number = ((turn * callers) + caller) % conversations;
                var begin = Stopwatch.GetTimestamp();
                (await grains[number].PostAsync(Message(number, $"{caller}-{turn}"))).ValueOrThrow();
                latencies.Add(Stopwatch.GetElapsedTime(begin));
            }
        })));
        var elapsed = clock.Elapsed;
        allocated = GC.GetTotalAllocatedBytes() - allocated;
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        double messages = latencies.Count;
        var body = ConversationJson.Write((await grains[0].ReadAsync(2, 200)).Entries[^1].Event);
        var measured = new Measured(messages / elapsed.TotalSeconds, latencies.Quantile(0.5), latencies.Quantile(0.99), messages / (writer.Commits - commits), used.TotalMicroseconds / messages, allocated / messages, body);
        await host.StopAsync();
        return measured;
    }

    private static ContactMessage Message(int number, string id) => new(
        new(new ContactKey(Tenant, Guid.Empty), new ContactChannelKey(Tenant, InboxId.Parse("web"), $"visitor-{number}"), ChannelKind.WebChat, null, false), id, Text);

    // About as long as a message in chat, so that a row has some 400 bytes.
    private static readonly string Text = string.Concat(Enumerable.Repeat("My parcel was to arrive on Tuesday and it is still not here. ", 5));

    private static Task EachAsync(int callers, int count, Func<int, Task> work) =>
        Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = callers }, async (number, _) => await work(number));

    private sealed record Measured(double PerSecond, double P50, double P99, double RowsPerCommit, double CpuMicroseconds, double Allocated, byte[] Body);
}
