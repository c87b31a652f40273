using System.Globalization;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerService.Storage;

/// <summary>Grains' own states, as JSON, in the same file and through the same commits as the journal. The ETag is a counter.</summary>
internal sealed class SqliteGrainStorage(SqliteFile file, SqliteWriter writer) : IGrainStorage
{
    private Statement? _insert;
    private Statement? _update;
    private SqliteCommand? _delete;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (etag, body) = file.Read(reader => Find(reader, stateName, grainId.ToString()));
        grainState.RecordExists = body is not null;
        grainState.ETag = etag?.ToString(CultureInfo.InvariantCulture);
        grainState.State = body is null ? Activator.CreateInstance<T>() : JsonSerializer.Deserialize<T>(body);
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        writer.RunAsync(new StateJob<T>(this, stateName, grainId.ToString(), grainState, JsonSerializer.SerializeToUtf8Bytes(grainState.State)));

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (grain, known) = (grainId.ToString(), grainState.ETag);
        var isCleared = known is null || await writer.RunAsync(() => Delete(stateName, grain, known));
        if (!isCleared)
            throw new InconsistentStateException("The state was changed by somebody else.", storedEtag: null, currentEtag: known);

        grainState.ETag = null;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    private bool Write(string name, string grain, string? known, byte[] body)
    {
        _insert ??= file.Own(new Statement(file.Writer, "INSERT INTO grain_state (name, grain, etag, state) VALUES (?, ?, 1, ?) ON CONFLICT DO NOTHING"));
        _update ??= file.Own(new Statement(file.Writer, "UPDATE grain_state SET etag = etag + 1, state = ? WHERE name = ? AND grain = ? AND etag = ?"));
        return 1 == (known is null
            ? _insert.Bind(1, name).Bind(2, grain).Bind(3, body).Run()
            : _update.Bind(1, body).Bind(2, name).Bind(3, grain).Bind(4, Number(known)).Run());
    }

    private bool Delete(string name, string grain, string known)
    {
        _delete ??= writer.Connection.Prepare("DELETE FROM grain_state WHERE name = $1 AND grain = $2 AND etag = $3", 3);
        return _delete.With(name, grain, Number(known)).ExecuteNonQuery() == 1;
    }

    private static (long? ETag, byte[]? Body) Find(SqliteConnection connection, string name, string grain)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT etag, state FROM grain_state WHERE name = $1 AND grain = $2";
        query.Parameters.AddWithValue("$1", name);
        query.Parameters.AddWithValue("$2", grain);
        using var reader = query.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)) : (null, null);
    }

    private static long Number(string? etag) => etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);

    private sealed class StateJob<T>(SqliteGrainStorage storage, string name, string grain, IGrainState<T> state, byte[] body) : WriteJob<bool>
    {
        private readonly string? _known = state.ETag;

        public override void Succeed()
        {
            if (!Result)
            {
                TrySetException(new InconsistentStateException("The state was changed by somebody else.", storedEtag: null, currentEtag: _known));
                return;
            }

            state.ETag = (Number(_known) + 1).ToString(CultureInfo.InvariantCulture);
            state.RecordExists = true;
            base.Succeed();
        }

        protected override bool Write() => storage.Write(name, grain, _known, body);
    }
}
