namespace CustomerService.Storage;

/// <summary>The storage cannot be used. The message tells an operator what happened, what was kept and what to do.</summary>
internal sealed class StorageException(string message, Exception? inner = null) : Exception(message, inner);
