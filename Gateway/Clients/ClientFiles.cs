using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using CustomerService.Channels.WebChat;

namespace CustomerService.Clients;

/// <summary>Serves the widget to any page, and the sample shop that uses it.</summary>
internal static class ClientFiles
{
    private const string WidgetAge = "public, max-age=300";

    public static IServiceCollection AddClients(this IServiceCollection services) => services.AddSingleton(new WidgetFile(Path.Combine(AppContext.BaseDirectory, "widget", "widget.js")));

    public static void MapClients(this WebApplication app)
    {
        app.MapGet("/widget.js", GetWidget).RequireCors(WebChatCors.Policy).ExcludeFromDescription();
        if (app.Services.GetRequiredService<IOptions<GatewayOptions>>().Value.ShopFolder is not { } shop)
            return;

        var files = new PhysicalFileProvider(Path.GetFullPath(shop));
        app.UseFileServer(new FileServerOptions { RequestPath = "/shop", FileProvider = files, EnableDefaultFiles = true, RedirectToAppendTrailingSlash = true });
    }

    private static IResult GetWidget(HttpContext context, WidgetFile widget)
    {
        if (widget.Read() is not { } content)
            return Problems.Of(StatusCodes.Status404NotFound, "widget.not_built", "The widget is not built: run npm ci and npm run build in Gateway/Clients/Widget, then build again; ./run does both.");

        var headers = context.Response.Headers;
        headers.CacheControl = WidgetAge;
        headers.Vary = "Accept-Encoding";
        headers.XContentTypeOptions = "nosniff";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        var isZipped = context.Request.GetTypedHeaders().AcceptEncoding.Any(encoding => encoding.Value == "gzip" && encoding.Quality is null or > 0);
        if (isZipped)
            headers.ContentEncoding = "gzip";
        return TypedResults.Bytes(isZipped ? content.Zipped : content.Plain, "text/javascript; charset=utf-8", entityTag: new EntityTagHeaderValue($"\"{content.Tag}{(isZipped ? "-gz" : "")}\""));
    }
}

/// <summary>The widget, read again when its file changes.</summary>
internal sealed class WidgetFile(string path)
{
    private Content? _content;

    public Content? Read()
    {
        var file = new FileInfo(path);
        if (!file.Exists)
            return null;
        if (_content is { } known && known.WrittenAt == file.LastWriteTimeUtc)
            return known;

        var plain = File.ReadAllBytes(path);
        using var zipped = new MemoryStream();
        using (var zip = new GZipStream(zipped, CompressionLevel.SmallestSize))
            zip.Write(plain);
        return _content = new(plain, zipped.ToArray(), Convert.ToHexStringLower(SHA256.HashData(plain))[..16], file.LastWriteTimeUtc);
    }

    internal sealed record Content(byte[] Plain, byte[] Zipped, string Tag, DateTime WrittenAt);
}
