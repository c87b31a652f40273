using CustomerService.Evals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace CustomerService.Benchmarks;

/// <summary>
/// The engine alone, beside a bare mailbox in the same run. Rates move with what else the machine does; CPU per operation, of the
/// whole process with its drivers and collections, moves little: quote that.
/// </summary>
internal static class EngineBenchmark
{
    public const int StateBytes = 200;
    public const int ArrayHeader = 24;

    public static async Task<IReadOnlyCollection<Figure>> RunAsync(bool isQuick)
    {
        var time = TimeSpan.FromSeconds(isQuick ? 0.9 : 4);
        var grains = isQuick ? 200_000 : 1_000_000;
        using var host = await StartAsync();
        var factory = host.Services.GetRequiredService<IGrainFactory>();
        EngineRow[] rows =
        [
            .. await CallRows.MeasureAsync(factory, time),
            await StateRows.MeasureAsync(factory, time),
            .. await StreamRows.MeasureAsync(host.Services, time),
            .. await MemoryRows.MeasureAsync(factory, grains),
        ];
        EngineRow.Print(rows);
        await host.StopAsync();
        return [.. rows.SelectMany(row => row.Figures)];
    }

    internal static async Task<IHost> StartAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleans(silo => silo.AddMemoryGrainStorageAsDefault().AddMemoryGrainStorage("PubSubStore").AddMemoryStreams("bench"));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
