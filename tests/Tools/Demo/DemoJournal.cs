using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CustomerService.Demo;

/// <summary>What the platform kept of the conversations, read through the API as a developer would.</summary>
internal sealed class DemoJournal(HttpClient http, Uri address)
{
    private const int PageSize = 200;

    public async Task<ImmutableArray<JsonObject>> ReadAsync(string conversation)
    {
        var page = await http.GetFromJsonAsync<JsonObject>(new Uri(address, $"/v1/conversations/{conversation}/messages?limit={PageSize}"));
        return [.. page!["entries"]!.AsArray().Select(entry => entry!.AsObject())];
    }

    /// <summary>Understands a text again and tells how long that took, the request included.</summary>
    public async Task<TimeSpan> TimeAnalysisAsync(string text)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        using var answer = await http.PostAsJsonAsync(new Uri(address, "/v1/nlu/analyze"), new { text });
        answer.EnsureSuccessStatusCode();
        return clock.Elapsed;
    }
}
