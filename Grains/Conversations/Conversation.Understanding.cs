using System.Text;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

// What the analysis of a contact's message changes, and when people are called.
internal sealed partial record Conversation
{
    private Conversation Understood(Analysis analysis, long sequence) => this with
    {
        Language = LanguageAfter(analysis.Language),
        Intent = IntentAfter(analysis),
        Entities = EntitiesAfter(analysis.Entities),
        Sentiment = [.. Sentiment.TakeLast(MaxCurve - 1), new(sequence, Math.Round(analysis.Sentiment, 3), Math.Round(Smoothed(analysis), 3))],
    };

    private double Smoothed(Analysis analysis) =>
        Sentiment is [.., var last] ? last.Smoothed + (0.5 * (analysis.Sentiment - last.Smoothed)) : analysis.Sentiment;

    private string LanguageAfter(LanguagePrediction heard) =>
        heard.Code != Languages.Unknown && (Language == Languages.Unknown || heard.Confidence >= 0.6) ? heard.Code : Language;

    // "Thanks" does not change what the contact wants: the last intent that could be told stays.
    private IntentPrediction? IntentAfter(Analysis analysis) =>
        analysis.Intents is [var likely, ..] && analysis.OutOfScope < 0.5 ? likely : Intent;

    private ImmutableArray<Entity> EntitiesAfter(ImmutableArray<Entity> found)
    {
        var newest = new List<Entity>();
        var bytes = 0;
        foreach (var entity in Entities.Concat(found).Reverse().DistinctBy(entity => (entity.Kind, entity.Value)))
        {
            bytes += 30 + Encoding.UTF8.GetByteCount(entity.Text) + Encoding.UTF8.GetByteCount(entity.Value);
            if (newest.Count == MaxEntities || bytes > MaxEntityBytes)
                break;
            newest.Add(entity);
        }

        newest.Reverse();
        return [.. newest];
    }
}

/// <summary>Calls people when a contact's message asks for it.</summary>
internal static class Escalations
{
    public static Change Escalated(this Change change, Analysis? analysis)
    {
        if (analysis is null)
            return change;

        var sequence = change.Next.LastSequence;
        var smoothed = change.Next.Sentiment[^1].Smoothed;
        if (analysis.Intents is [{ Intent: "contact_human_agent", Confidence: >= 0.6 }, ..])
            return change.Alerted(AlertKind.PersonRequested, "The contact asks for a person.", sequence, 0.5).WithPeople("The contact asks for a person.");
        if (smoothed <= -0.6)
            return change.Alerted(AlertKind.Sentiment, string.Create(null, $"Sentiment is {smoothed:0.0}."), sequence, -smoothed).WithPeople("The contact is upset.");
        return change;
    }

    private static Change WithPeople(this Change change, string reason) =>
        change.Next.Baton.Holder == BatonHolder.Assistant ? change.HandedToPeople(Author.System, reason) : change;
}
