using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace CustomerService.Api;

/// <summary>
/// <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header-07): the same key and body get the first answer again, another body 422, and 409 while the first runs.
/// </summary>
/// <remarks>This process remembers; what must hold in a cluster and after a restart is the message's own id, which the key becomes when the body has none.</remarks>
internal sealed class IdempotencyFilter(IdempotencyKeys keys) : IEndpointFilter
{
    private const string Header = "Idempotency-Key";
    private const int MaxLength = 128;

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        if (context.HttpContext.Request.Headers[Header].ToString() is not { Length: > 0 } key)
            return await next(context);
        if (key.Length > MaxLength)
            return Problems.Invalid(Header, $"at most {MaxLength} characters.");

        var request = Fingerprint(context);
        var (entry, isFirst) = keys.Enter((context.HttpContext.Key().Options.Name, key), request);
        if (entry.Request != request)
            return Problems.Of(StatusCodes.Status422UnprocessableEntity, "idempotency.reused", "This Idempotency-Key was used for another request.");
        if (!isFirst)
            return entry.Answer ?? Problems.Of(StatusCodes.Status409Conflict, "idempotency.in_flight", "The first request with this Idempotency-Key has not ended yet.");

        try
        {
            var answer = await next(context);
            if (answer is IStatusCodeHttpResult { StatusCode: >= 500 } or INestedHttpResult { Result: IStatusCodeHttpResult { StatusCode: >= 500 } })
                keys.Leave((context.HttpContext.Key().Options.Name, key));
            return entry.Answer = answer;
        }
        catch
        {
            keys.Leave((context.HttpContext.Key().Options.Name, key));
            throw;
        }
    }

    private static string Fingerprint(EndpointFilterInvocationContext context)
    {
        var body = context.Arguments.OfType<IIdempotentRequest>().FirstOrDefault();
        var text = $"{context.HttpContext.Request.Method} {context.HttpContext.Request.Path} {JsonSerializer.Serialize<object?>(body)}";
        return Convert.ToHexString(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
    }
}

/// <summary>A body that two requests with the same <c>Idempotency-Key</c> must share.</summary>
internal interface IIdempotentRequest;

/// <summary>The keys seen, with what was asked and answered.</summary>
internal sealed class IdempotencyKeys(IOptions<GatewayOptions> options) : IDisposable
{
    private readonly MemoryCache _entries = new(new MemoryCacheOptions { SizeLimit = options.Value.MaxIdempotencyKeys });
    private readonly Lock _gate = new();

    public (Entry Entry, bool IsFirst) Enter((string Key, string Id) id, string request)
    {
        lock (_gate)
        {
            if (_entries.TryGetValue(id, out Entry? known))
                return (known!, false);

            var entry = new Entry(request);
            _entries.Set(id, entry, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpirationRelativeToNow = options.Value.IdempotencyTime });
            return (entry, true);
        }
    }

    public void Leave((string Key, string Id) id) => _entries.Remove(id);

    public void Dispose() => _entries.Dispose();

    internal sealed class Entry(string request)
    {
        public string Request => request;

        public object? Answer { get; set; }
    }
}
