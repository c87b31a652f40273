using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Crash;

/// <summary>A message that the product said it has.</summary>
internal sealed record Acknowledged(string Conversation, long Sequence, string Id, string Text);

/// <summary>Contacts who write one message after the other and repeat each with its id until it is acknowledged.</summary>
internal sealed class Load(int contacts) : IDisposable
{
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private readonly CancellationTokenSource _enough = new();
    private volatile SiloProcess? _silo;
    private Task _writing = Task.CompletedTask;

    public ConcurrentQueue<Acknowledged> Acknowledged { get; } = [];

    /// <summary>The process to write to; null while there is none.</summary>
    public void Use(SiloProcess? silo) => _silo = silo;

    public void Start() => _writing = Task.WhenAll(Enumerable.Range(0, contacts).Select(contact => Task.Run(() => WriteAsync($"contact-{contact}@example.org"))));

    public async Task StopAsync()
    {
        await _enough.CancelAsync();
        await _writing;
    }

    public async Task<JsonObject> GetAsync(SiloProcess silo, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(silo.Address, path));
        request.Headers.Authorization = new("Bearer", silo.ApiKey);
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    public void Dispose()
    {
        _http.Dispose();
        _enough.Dispose();
    }

    private async Task WriteAsync(string address)
    {
        for (var number = 0; !_enough.IsCancellationRequested; number++)
        {
            var (id, text) = ($"{address}-{number}", $"Where is my order QM-{number:000000}?");
            while (!await TryPostAsync(address, id, text))
                await Task.Delay(10);
        }
    }

    private async Task<bool> TryPostAsync(string address, string id, string text)
    {
        if (_silo is not { } silo)
            return false;

        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo.Address, "/v1/inboxes/api/messages")) { Content = JsonContent.Create(new { address, text, id }) };
            request.Headers.Authorization = new("Bearer", silo.ApiKey);
            using var answer = await _http.SendAsync(request);
            if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Created))
                return false;

            var posted = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            Acknowledged.Enqueue(new(posted["conversation"]!.GetValue<string>(), posted["sequence"]!.GetValue<long>(), id, text));
            return true;
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException or System.Text.Json.JsonException)
        {
            // Killed in the middle: nobody knows whether it was stored. The same id asks again.
            return false;
        }
    }
}
