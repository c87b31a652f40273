using Microsoft.Extensions.Logging;

namespace CustomerService.Shell;

/// <summary>Calls that an agent's act makes: a fault becomes a refusal that can be shown, so that one failed act does not take the page with it.</summary>
internal static partial class GrainCalls
{
    public static async Task<Result<T>> OrRefusalAsync<T>(this Task<Result<T>> call, ILogger logger)
    {
        try
        {
            return await call;
        }
        catch (TimeoutException)
        {
            return new Refusal(RefusalKind.Unavailable, "desk.timeout", "The server gave no answer. It may have been done all the same: look before you try again.");
        }
        catch (Exception fault)
        {
            LogFault(logger, fault);
            return new Refusal(RefusalKind.Unavailable, "desk.fault", "Something went wrong on the server. Nothing else was changed; try again.");
        }
    }

    /// <summary>The same for calls that answer without a <see cref="Result{T}"/>.</summary>
    public static async Task<Result<T>> OrRefusalAsync<T>(this Task<T> call, ILogger logger)
    {
        return await Wrap().OrRefusalAsync(logger);

        async Task<Result<T>> Wrap() => await call;
    }

    [LoggerMessage(LogLevel.Error, "A call from the desk failed")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
