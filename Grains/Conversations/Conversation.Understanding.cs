using System.Text;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

// What the analysis of a contact's message changes, and when people are called.
internal sealed partial record Conversation
{
    private Conversation Understood(string text, Analysis analysis, long sequence)
    {
        ImmutableArray<SentimentPoint> curve = [.. Sentiment.TakeLast(MaxCurve - 1), Trajectory.Next(Sentiment, sequence, analysis.Sentiment, analysis.SentimentConfidence)];
        var streak = Streak.After(analysis);
        return this with
        {
            Language = LanguageAfter(analysis.Language),
            Intent = IntentAfter(analysis),
            Entities = EntitiesAfter(analysis.Entities),
            Sentiment = curve,
            Streak = streak,
            Complexity = Nlu.Complexity.Of(text, analysis, curve, streak),
        };
    }

    private string LanguageAfter(LanguagePrediction heard) =>
        heard.Code != Languages.Unknown && (Language == Languages.Unknown || heard.Confidence >= 0.6) ? heard.Code : Language;

    // "Thanks" does not change what the contact wants: the last intent that could be told stays.
    private IntentPrediction? IntentAfter(Analysis analysis) =>
        analysis.Intents is [var likely, ..] && analysis.OutOfScope < 0.5 ? likely : Intent;

    private ImmutableArray<Entity> EntitiesAfter(ImmutableArray<Entity> found)
    {
        var newest = new List<Entity>();
        var bytes = 0;
        foreach (var entity in Entities.Concat(found).Reverse().DistinctBy(entity => (entity.Kind, entity.Name, entity.Value)))
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
    // From here on the assistant does not go on alone; a milder fall is shown to agents and no more.
    private const double SevereSentiment = 0.75;
    private const double SureComplaint = 0.7;

    public static Change Escalated(this Change change, Analysis? analysis)
    {
        var state = change.Next;
        if (analysis is null || Escalation.Of(analysis, state.Sentiment, state.Complexity, state.Streak) is not { } escalation)
            return change;

        var alerted = change.Alerted(escalation.Kind, escalation.Reason, escalation.Cause, escalation.Severity);
        return state.Baton.Holder == BatonHolder.Assistant && NeedsPeople(escalation, analysis) ? alerted.HandedToPeople(Author.System, escalation.Reason) : alerted;
    }

    private static bool NeedsPeople(Escalation escalation, Analysis analysis) =>
        escalation.Kind == AlertKind.PersonRequested
        || (escalation.Kind == AlertKind.Sentiment && escalation.Severity >= SevereSentiment)
        || analysis.Intents is [{ Intent: Escalation.ComplaintIntent, Confidence: >= SureComplaint }, ..];
}
