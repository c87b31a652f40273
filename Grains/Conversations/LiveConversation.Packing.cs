using System.Runtime.InteropServices;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

// What neither the row nor the ids hold. A test compares every property.
internal sealed partial class LiveConversation
{
    private void WriteRest(PackWriter writer, Conversation state)
    {
        writer.Time(state.ResolvedAt);
        writer.Number(state.SummarySequence);
        writer.Number(state.ReadByContact);
        writer.Number(state.ReadByAgent);
        writer.Number(state.UnansweredFrom);
        writer.Number(state.LastContactSequence);
        writer.Number(state.Streak.Intent is null ? -1 : state.Streak.Messages);
        if (state.Streak.Intent is { } intent)
            writer.Text(intent);
        writer.Number(state.Asked.Length);
        // What is unanswered mostly stands in the newest entries, a few bytes before.
        foreach (var text in state.Asked)
            writer.Text(text.Utf8, shared: _entriesEnd);
        writer.Number(state.Tried.Length);
        foreach (var title in state.Tried)
            writer.Text(title);
        writer.Number(state.Entities.Length);
        foreach (var entity in state.Entities)
            Write(writer, entity);
    }

    private Conversation Unpack()
    {
        var row = _row!;
        var reader = new PackReader(_packed, _entriesEnd);
        return new()
        {
            Key = row.Key,
            LastSequence = row.LastSequence,
            Origin = row.Origin,
            Status = row.Status,
            Baton = row.Baton,
            Language = row.Language,
            Preview = row.Preview,
            PreviewAuthor = row.PreviewAuthor,
            StartedAt = row.StartedAt,
            LastActivityAt = row.LastActivityAt,
            WaitingSince = row.WaitingSince,
            Sentiment = row.Sentiment,
            Intent = row.Intent,
            Complexity = row.Complexity,
            Alert = row.Alert,
            Recent = _recent,
            ResolvedAt = reader.Time(),
            SummarySequence = reader.Number(),
            ReadByContact = reader.Number(),
            ReadByAgent = reader.Number(),
            UnansweredFrom = reader.Number(),
            LastContactSequence = reader.Number(),
            Streak = reader.Number() is >= 0 and var messages ? new(reader.String(), (int)messages) : default,
            Asked = Many(ref reader, static (ref PackReader reader) => new CompactText(reader.Text())),
            Tried = Many(ref reader, static (ref PackReader reader) => reader.String()),
            Entities = Many(ref reader, ReadEntity),
        };
    }

    private static void Write(PackWriter writer, Entity entity)
    {
        writer.Number((int)entity.Kind);
        writer.Number(entity.Offset);
        writer.Number(entity.Length);
        writer.Text(entity.Text);
        writer.Text(entity.Value);
        writer.Real(entity.Confidence);
        writer.Text(entity.Name);
    }

    private static Entity ReadEntity(ref PackReader reader) =>
        new((EntityKind)reader.Number(), (int)reader.Number(), (int)reader.Number(), reader.String(), reader.String(), reader.Real(), reader.String() is { Length: > 0 } name ? name : null);

    private static ImmutableArray<T> Many<T>(ref PackReader reader, ReadOne<T> read)
    {
        var all = new T[reader.Number()];
        for (var index = 0; index < all.Length; index++)
            all[index] = read(ref reader);
        return ImmutableCollectionsMarshal.AsImmutableArray(all);
    }

    private delegate T ReadOne<out T>(ref PackReader reader);
}
