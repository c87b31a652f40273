using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace CustomerService;

/// <summary>The one table from refusals and faults to problem details (RFC 9457): <c>type</c>, <c>title</c>, <c>status</c>, <c>detail</c>, <c>code</c>, <c>traceId</c>, and <c>errors</c> by field.</summary>
internal static class Problems
{
    /// <summary>Seconds after which a refused or failed call may be tried again, when nothing better is known.</summary>
    private const int RetryAfter = 5;

    public static ProblemHttpResult From(Refusal refusal) => Of(Status(refusal.Kind), refusal.Code, refusal.Detail);

    public static ProblemHttpResult Of(int status, string code, string detail, params ReadOnlySpan<(string Field, string Message)> errors)
    {
        var problem = new ProblemDetails
        {
            Type = $"urn:customer-service:problem:{code}",
            Title = ReasonPhrases.GetReasonPhrase(status),
            Status = status,
            Detail = detail,
            Extensions = { ["code"] = code },
        };
        if (Activity.Current is { } activity)
            problem.Extensions["traceId"] = activity.TraceId.ToHexString();
        if (errors.Length > 0)
            problem.Extensions["errors"] = errors.ToArray().Select(error => new FieldError(error.Field, error.Message)).ToArray();
        return TypedResults.Problem(problem);
    }

    public static ProblemHttpResult Invalid(string field, string message) => Of(StatusCodes.Status400BadRequest, "request.invalid", $"{field}: {message}", (field, message));

    /// <summary>What the outside sees of an exception: never its text, which may quote what a contact wrote.</summary>
    public static ProblemHttpResult From(Exception? fault) => fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Of(StatusCodes.Status413PayloadTooLarge, "request.too_large", "The body is too large."),
        BadHttpRequestException bad => Of(bad.StatusCode, "request.invalid", bad.InnerException is System.Text.Json.JsonException json ? $"The body is not the JSON that is expected, at {json.Path}." : bad.Message),
        TimeoutException => Of(StatusCodes.Status503ServiceUnavailable, "unavailable", "A part of the server did not answer in time; try again. A message may be stored: repeat it with its id."),
        _ => Of(StatusCodes.Status500InternalServerError, "fault", "Something failed on the server. Its log has the trace id."),
    };

    /// <summary>What the outside sees of an answer that has a status and nothing else.</summary>
    public static ProblemHttpResult FromStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Of(status, "route.not_found", "There is nothing at this address."),
        StatusCodes.Status405MethodNotAllowed => Of(status, "method.not_allowed", "This address does not take this method."),
        StatusCodes.Status415UnsupportedMediaType => Of(status, "request.media_type", "This address does not take a body of this media type; most take application/json."),
        _ => Of(status, "request.refused", ReasonPhrases.GetReasonPhrase(status) + "."),
    };

    public static Task WriteAsync(HttpContext context, ProblemHttpResult problem)
    {
        if (problem.StatusCode is StatusCodes.Status503ServiceUnavailable or StatusCodes.Status429TooManyRequests && context.Response.Headers.RetryAfter.Count == 0)
            context.Response.Headers.RetryAfter = RetryAfter.ToString();
        return problem.ExecuteAsync(context);
    }

    private static int Status(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.TooMany => StatusCodes.Status429TooManyRequests,
        RefusalKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A new kind of refusal needs a row here."),
    };

    /// <summary>A field of a request that breaks a rule.</summary>
    internal sealed record FieldError(string Field, string Message);
}
