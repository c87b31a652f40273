using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Routing;
using CustomerService.Simulation.Mutations;
using CustomerService.Simulation.Scheduling;
using CustomerService.Simulation.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Engine;
using Orleans.Hosting;
using Orleans.Providers;
using Orleans.Storage;

namespace CustomerService.Simulation.Deployment;

/// <summary>One process of the product: its grains on the engine, its storage on the simulated disk, its views.</summary>
internal sealed class SimulatedSilo
{
    private readonly ServiceProvider _services;

    public SimulatedSilo(Simulator simulator, string name, Disk disk, Conditions conditions, Mutation mutation, IdCount ids)
    {
        Node = new(simulator, name);
        var storage = new ServiceCollection();
        var writer = new SimulatedWriter(Node, disk, conditions.Storage, mutation.Storage);
        storage.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(Settings).Build());
        storage.AddSingleton(Node.Time).AddSingleton<IWorkScheduler>(Node).AddSingleton<EngineIds>(ids).AddSingleton<NewId>(ids.At);
        storage.AddSingleton<IConversationJournal>(new SimulatedJournal(Node, disk, writer, conditions.Storage, mutation.Storage));
        storage.AddKeyedSingleton<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, new SimulatedGrainStorage(Node, disk, writer, conditions.Storage, mutation.Storage));
        storage.AddOrleans(silo =>
        {
            silo.Configure<GrainCollectionOptions>(options => (options.CollectionAge, options.CollectionQuantum) = (TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(30)));
            silo.AddOutgoingGrainCallFilter(new Neighbours(Node, conditions, Node.Id));
            if (mutation.Calls is { } calls)
                silo.AddIncomingGrainCallFilter(call => calls(call));
        });
        storage.AddConversations().AddQueues();
        _services = storage.BuildServiceProvider();
        Grains = _services.GetRequiredService<IClusterClient>();
        var resumer = _services.GetServices<IHostedService>().OfType<OutboxResumer>().Single();
        if (mutation.Resumes)
            Node.Run(() => ExecuteAsync(resumer, CancellationToken.None));
    }

    public static TimeSpan ReopenWindow { get; } = TimeSpan.FromMinutes(30);

    public Node Node { get; }

    public IGrainFactory Grains { get; }

    /// <summary>The process is gone at once: nothing it had begun goes on.</summary>
    public void Crash()
    {
        Node.Crash();
        _services.Dispose();
    }

    private static Dictionary<string, string?> Settings => new() { ["Conversations:ReopenWindow"] = ReopenWindow.ToString() };

    // As the host runs it, but on the simulation's thread: the base class would start it on the thread pool.
    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "ExecuteAsync")]
    private static extern Task ExecuteAsync(OutboxResumer resumer, CancellationToken stoppingToken);
}

/// <summary>Ids that count: unique in one simulation, the same in its replay.</summary>
internal sealed class IdCount : EngineIds
{
    private ulong _count;

    public override Guid Next() => At(DateTimeOffset.UnixEpoch);

    /// <summary>Time first, as version 7 ids are made, then a number whose last byte spreads over the queues.</summary>
    public Guid At(DateTimeOffset at)
    {
        Span<byte> id = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(id, at.ToUnixTimeMilliseconds() << 16);
        BinaryPrimitives.WriteUInt64BigEndian(id[8..], ++_count);
        return new(id, bigEndian: true);
    }
}
