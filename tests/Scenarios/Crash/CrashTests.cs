using System.Text.Json.Nodes;

namespace CustomerService.Crash;

public class CrashTests(ITestOutputHelper output)
{
    private const int Kills = 10;
    private const int Contacts = 12;
    private static readonly string[] Settings = ["Gateway:RequestsPerHour=100000000", "Conversations:BurstPause=00:00:00"];

    [Fact]
    public async Task Whatever_was_acknowledged_is_there_once_after_ten_kills_under_load()
    {
        using var folder = new TemporaryFolder();
        using var load = new Load(Contacts);
        var random = new Random(20260302);
        var silo = await SiloProcess.StartAsync(SiloProcess.Dll, folder.Path, Settings);
        try
        {
            load.Use(silo);
            load.Start();
            for (var kill = 0; kill < Kills; kill++)
            {
                await UntilAsync(load.Acknowledged.Count + random.Next(20, 200), load);
                load.Use(null);
                await silo.KillAsync();
                silo = await SiloProcess.StartAsync(SiloProcess.Dll, folder.Path, Settings);
                load.Use(silo);
            }

            await UntilAsync(load.Acknowledged.Count + 20, load);
            await load.StopAsync();
            output.WriteLine($"{load.Acknowledged.Count} messages acknowledged, {Kills} kills");
            await CheckAsync(silo, load);
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }

    private static async Task CheckAsync(SiloProcess silo, Load load)
    {
        foreach (var acknowledged in load.Acknowledged.GroupBy(message => message.Conversation))
        {
            var entries = await EntriesAsync(silo, load, acknowledged.Key);
            Assert.Equal(Enumerable.Range(1, entries.Count).Select(number => (long)number), entries.Select(entry => entry["sequence"]!.GetValue<long>()));

            var messages = entries.Where(entry => entry["event"]!["type"]!.GetValue<string>() == "message")
                .Select(entry => (Sequence: entry["sequence"]!.GetValue<long>(), Message: entry["event"]!["message"]!)).ToList();
            Assert.Equal(messages.Count, messages.Select(message => (message.Message["author"]!["kind"]!.GetValue<string>(), message.Message["dedupId"]!.GetValue<string>())).Distinct().Count());
            foreach (var message in acknowledged)
            {
                var stored = Assert.Single(messages, candidate => candidate.Sequence == message.Sequence).Message;
                Assert.Equal((message.Id, message.Text), (stored["dedupId"]!.GetValue<string>(), stored["text"]!.GetValue<string>()));
            }
        }

        // A contact has one conversation, and none of them waits for an answer that was lost with a process.
        Assert.Equal(Contacts, load.Acknowledged.Select(message => message.Conversation).Distinct().Count());
        foreach (var conversation in load.Acknowledged.Select(message => message.Conversation).Distinct())
            await AnsweredAsync(silo, load, conversation);
    }

    private static async Task AnsweredAsync(SiloProcess silo, Load load, string conversation)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            var row = (await load.GetAsync(silo, $"/v1/conversations/{conversation}"))["row"]!;
            if (row["baton"]!["holder"]!.GetValue<string>() == "queue" || row["status"]!.GetValue<string>() == "pending")
                return;
            await Task.Delay(50, patience.Token);
        }
    }

    private static async Task<List<JsonNode>> EntriesAsync(SiloProcess silo, Load load, string conversation)
    {
        var entries = new List<JsonNode>();
        while (true)
        {
            var page = await load.GetAsync(silo, $"/v1/conversations/{conversation}/messages?after={entries.Count}&limit=100");
            entries.AddRange(page["entries"]!.AsArray().Select(entry => entry!));
            if (page["lastSequence"]!.GetValue<long>() <= entries.Count)
                return entries;
        }
    }

    private static async Task UntilAsync(int acknowledged, Load load)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (load.Acknowledged.Count < acknowledged)
            await Task.Delay(5, patience.Token);
    }
}
