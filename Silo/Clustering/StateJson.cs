using System.Text.Json;
using Orleans.Storage;

namespace CustomerService.Clustering;

/// <summary>Grains' own states in the database as they are in the file of one machine: JSON, by the names of their members.</summary>
internal sealed class StateJson : IGrainStorageSerializer
{
    public BinaryData Serialize<T>(T? input) => new(JsonSerializer.SerializeToUtf8Bytes(input));

    public T Deserialize<T>(BinaryData input) => JsonSerializer.Deserialize<T>(input)!;
}
