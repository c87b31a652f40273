namespace CustomerService;

/// <summary>What a call returns: a value, or a refusal that the caller can act on. A fault is an exception instead.</summary>
/// <typeparam name="T">What the call returns when it is not refused.</typeparam>
/// <param name="Value">The value; default when refused.</param>
/// <param name="Refusal">Why nothing was done; null when the call succeeded.</param>
[GenerateSerializer, Immutable, Alias("result`1")]
public sealed record Result<T>([property: Id(0)] T? Value, [property: Id(1)] Refusal? Refusal)
{
    /// <summary>A success.</summary>
    /// <param name="value">What the call returns.</param>
    public static implicit operator Result<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    /// <param name="refusal">Why nothing was done.</param>
    public static implicit operator Result<T>(Refusal refusal) => new(default, refusal);

    /// <summary>The value of a call that the caller knows cannot be refused.</summary>
    /// <returns>The value.</returns>
    /// <exception cref="InvalidOperationException">The call was refused; the message holds the refusal's code.</exception>
    public T ValueOrThrow() => Refusal is null ? Value! : throw new InvalidOperationException($"Refused: {Refusal.Code}");
}

/// <summary>What a call without a value returns when it succeeds.</summary>
[GenerateSerializer, Immutable, Alias("done")]
public sealed record Done
{
    /// <summary>The one value.</summary>
    public static Done Instance { get; } = new();
}
