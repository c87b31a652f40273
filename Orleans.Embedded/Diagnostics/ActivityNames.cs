namespace Orleans.Runtime;

/// <summary>The names of spans.</summary>
public static class ActivityNames
{
    public const string ActivateGrain = "activate grain";
    public const string DeactivateGrain = "deactivate grain";
    public const string StorageRead = "read storage";
    public const string StorageWrite = "write storage";
    public const string StorageClear = "clear storage";
}
