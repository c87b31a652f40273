namespace CustomerService;

/// <summary>Why a call changed nothing, in a form that a person and a program can act on.</summary>
/// <param name="Kind">The class of refusal; the Gateway maps it to an HTTP status.</param>
/// <param name="Code">Stable, lower case, <c>area.reason</c>; for example <c>conversation.closed</c>.</param>
/// <param name="Detail">What happened and what to do, one or two plain English sentences; never text that a contact wrote.</param>
[GenerateSerializer, Immutable, Alias("refusal")]
public sealed record Refusal([property: Id(0)] RefusalKind Kind, [property: Id(1)] string Code, [property: Id(2)] string Detail);

/// <summary>Classes of refusal.</summary>
[GenerateSerializer, Alias("refusal-kind")]
public enum RefusalKind
{
    /// <summary>The request breaks a stated limit or form (HTTP 400).</summary>
    Invalid,

    /// <summary>The caller has not proven who it is (HTTP 401).</summary>
    Unauthenticated,

    /// <summary>The caller may not do this (HTTP 403).</summary>
    Forbidden,

    /// <summary>There is no such thing (HTTP 404).</summary>
    NotFound,

    /// <summary>The state does not allow it now (HTTP 409).</summary>
    Conflict,

    /// <summary>Too many requests; wait (HTTP 429).</summary>
    TooMany,

    /// <summary>A part that this needs is not there now (HTTP 503).</summary>
    Unavailable,
}
