using System.Diagnostics;
using CustomerService.Browser;
using CustomerService.Evals;
using Microsoft.Playwright;

namespace CustomerService.Benchmarks;

/// <summary>
/// From a contact's send to the agent's screen: contacts write in the web chat at a steady rate, a real browser shows the desk's list, and a
/// script in the page notes when each text is first in the document. People hold the conversations, so that nothing covers a preview.
/// </summary>
internal static class ScreenBenchmark
{
    private const int Contacts = 25;
    private const int PerSecond = 50;
    private const string Password = "a quiet morning tide";

    // Texts look like "#17 at 1700000000000": the first sight of each counts.
    private const string Watch = """
        () => {
          const seen = window.seen = {};
          const look = () => {
            for (const row of document.querySelectorAll('[data-row] .row-text')) {
              const found = /#(\d+) at/.exec(row.textContent);
              if (found && !(found[1] in seen)) seen[found[1]] = performance.timeOrigin + performance.now();
            }
          };
          new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
        }
        """;

    public static async Task<IReadOnlyCollection<Figure>> RunAsync(bool isQuick)
    {
        var time = TimeSpan.FromSeconds(isQuick ? 15 : 60);
        var folder = Directory.CreateTempSubdirectory("bench-screen-").FullName;
        try
        {
            await using var silo = await SiloProcess.StartAsync(SiloProcess.Dll, folder, "Gateway:WebChat:MessagesPerMinute=6000", "Gateway:WebChat:MessageBurst=100");
            await using var chromium = await Chromium.StartAsync();
            await using var window = await chromium.OpenAsync(1440, 2800);
            await OpenDeskAsync(silo, window.Page);
            using var http = new HttpClient();
            var contacts = await Task.WhenAll(Enumerable.Range(0, Contacts).Select(_ => StartAsync(silo, http)));
            await window.Page.EvaluateAsync(Watch);
            var sent = await WriteAsync(contacts, time);
            await Task.Delay(TimeSpan.FromSeconds(2));
            var seen = await window.Page.EvaluateAsync<Dictionary<string, double>>("() => window.seen");
            foreach (var contact in contacts)
                await contact.DisposeAsync();
            return Figures(sent, seen);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task OpenDeskAsync(SiloProcess silo, IPage page)
    {
        var printed = silo.Output[(silo.Output.IndexOf("as admin with ", StringComparison.Ordinal) + "as admin with ".Length)..].Split('\n', ' ')[0].Trim();
        await page.GotoAsync(new Uri(silo.Address, "/desk").ToString());
        await Desk.SignInAsync(page, "admin", printed);
        await page.GetByLabel("One-time password").FillAsync(printed);
        await page.GetByLabel("New password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await page.GetByRole(AriaRole.Tab, new() { Name = "All" }).ClickAsync();
    }

    private static async Task<ChatClient> StartAsync(SiloProcess silo, HttpClient http)
    {
        var client = await ChatClient.StartAsync(silo.Address, http);
        var first = await client.SendAsync("Hello");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo.Address, $"/v1/conversations/{first["conversation"]}/take"));
        request.Headers.Authorization = new("Bearer", silo.ApiKey);
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Each contact writes on its own beat; the time that counts is that of the send, not of the beat.</summary>
    private static async Task<IReadOnlyDictionary<int, double>> WriteAsync(IReadOnlyList<ChatClient> contacts, TimeSpan time)
    {
        var sent = new System.Collections.Concurrent.ConcurrentDictionary<int, double>();
        var beat = TimeSpan.FromSeconds((double)Contacts / PerSecond);
        var count = (int)(time / beat);
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(contacts.Select(async (contact, i) =>
        {
            for (var n = 0; n < count; n++)
            {
                var due = (beat * n) + (beat / Contacts * i);
                if (due > clock.Elapsed)
                    await Task.Delay(due - clock.Elapsed);
                var number = (n * Contacts) + i;
                sent[number] = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
                await contact.SendAsync($"#{number} at {sent[number]:0}: where is my parcel?");
            }
        }));
        return sent;
    }

    private static Figure[] Figures(IReadOnlyDictionary<int, double> sent, Dictionary<string, double> seen)
    {
        var latencies = sent.Where(message => seen.ContainsKey(message.Key.ToString())).Select(message => seen[message.Key.ToString()] - message.Value).Order().ToArray();
        return
        [
            new("screen.messages", sent.Count, "messages"),
            new("screen.seen", latencies.Length, "messages", sent.Count),
            new("screen.p50_ms", Math.Round(latencies[latencies.Length / 2], 1), "ms"),
            new("screen.p99_ms", Math.Round(latencies[(int)(latencies.Length * 0.99)], 1), "ms", 50),
        ];
    }
}
