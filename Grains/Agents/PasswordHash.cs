namespace CustomerService.Agents;

/// <summary>A password as it is kept: PBKDF2-HMAC-SHA512, salt and hash in base 64.</summary>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Hash">64 bytes.</param>
/// <param name="Iterations">How many it was made with.</param>
[GenerateSerializer, Immutable, Alias("password-hash")]
internal sealed record PasswordHash([property: Id(0)] string Salt, [property: Id(1)] string Hash, [property: Id(2)] int Iterations);
