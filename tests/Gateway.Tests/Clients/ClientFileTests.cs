using System.IO.Compression;
using System.Net;

namespace CustomerService.Clients;

/// <summary>The widget as any page loads it.</summary>
public sealed class ClientFileTests
{
    private static readonly string Built = Path.Combine(AppContext.BaseDirectory, "widget", "widget.js");

    [Fact]
    public async Task The_widget_is_served_small_to_any_page_and_once()
    {
        await using var host = await GatewayHost.StartAsync();
        Directory.CreateDirectory(Path.GetDirectoryName(Built)!);
        if (!File.Exists(Built))
            await File.WriteAllTextAsync(Built, "// " + new string('x', 10_000));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/widget.js") { Headers = { { "Origin", "https://shop.example" }, { "Accept-Encoding", "gzip" } } };

        var answer = await host.Http.SendAsync(request);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/widget.js") { Headers = { { "Accept-Encoding", "gzip" }, { "If-None-Match", answer.Headers.ETag!.ToString() } } };

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("*", answer.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("cross-origin", answer.Headers.GetValues("Cross-Origin-Resource-Policy").Single());
        Assert.Equal(TimeSpan.FromMinutes(5), answer.Headers.CacheControl!.MaxAge);
        await using var unzipped = new GZipStream(await answer.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unzipped);
        Assert.Equal(await File.ReadAllTextAsync(Built), await reader.ReadToEndAsync());
        Assert.Equal(HttpStatusCode.NotModified, (await host.Http.SendAsync(again)).StatusCode);
    }

    [Fact]
    public void A_widget_that_is_not_built_is_not_read() => Assert.Null(new WidgetFile(Path.Combine(AppContext.BaseDirectory, "no-such-file.js")).Read());
}
