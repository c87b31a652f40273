using CustomerService.Answers;
using CustomerService.Contacts;
using CustomerService.Routing;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace CustomerService.Conversations;

// What follows a stored change: watchers wake, the list hears of it, the assistant composes. None of it holds up the conversation's next call.
internal sealed partial class ConversationGrain
{
    private CancellationTokenSource? _turn;

    private async Task TellAsync(Conversation before)
    {
        if (_watchers is { Count: > 0 })
            await _watchers.Notify(watcher => watcher.ChangedAsync(_live.Key, _live.LastSequence));
        await ReportAsync();
        if (!before.Exists)
            _ = RecordAsync(State);
        if (!State.OwesAnswer)
            EndTurn();
        else if (!before.OwesAnswer || before.LastContactSequence != State.LastContactSequence)
            StartTurn(Turn.SaysLittle(State.Asked) ? options.Value.BurstPause : TimeSpan.Zero);
    }

    private Task ReportAsync() => GrainFactory.GetGrain<IQueueGrain>(QueueKey.Of(_live.Key).ToString()).ReportAsync(_live.Row);

    // The write may be stored all the same, and then nobody has been told: the next activation reads the truth, tells the list and takes up the turn.
    private async Task WakeSuccessorAsync()
    {
        try
        {
            await this.AsReference<IConversationGrain>().GetAsync();
        }
        catch (Exception exception)
        {
            LogNotWoken(exception, _live.Key);
        }
    }

    // A newer message makes the running turn stale: it is composed again over everything unanswered.
    private void StartTurn(TimeSpan pause)
    {
        EndTurn();
        _turn = new CancellationTokenSource();
        _ = RunTurnAsync(State, pause, _turn.Token);
    }

    private void EndTurn()
    {
        _turn?.Cancel();
        _turn = null;
    }

    private async Task RunTurnAsync(Conversation asked, TimeSpan pause, CancellationToken stale)
    {
        try
        {
            if (pause > TimeSpan.Zero)
                await Task.Delay(pause, time, stale);
            var answer = await ComposeAsync(asked, options.Value.TurnDeadline - pause, stale);
            if (stale.IsCancellationRequested)
                return;

            // A timer's tick is an ordinary exclusive call: the answer is applied between two commands, never inside one.
            this.RegisterGrainTimer(AnswerAsync, (Answer: answer, UpTo: asked.LastContactSequence), new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }
        catch (OperationCanceledException) when (stale.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            LogTurnFailed(exception, asked.Key, asked.LastContactSequence);
        }
    }

    private async Task<Answer> ComposeAsync(Conversation asked, TimeSpan budget, CancellationToken stale)
    {
        try
        {
            var entries = await journal.ReadAsync(asked.Key, Math.Max(0, asked.UnansweredFrom - Turn.MaxLookBack), Turn.MaxLookBack * 2, stale);
            var question = Turn.Question(entries, asked, budget);
            return await GrainFactory.GetGrain<IAnswerGrain>(asked.Key.Tenant.Value).ComposeAsync(question, stale).WaitAsync(budget, time, stale);
        }
        catch (TimeoutException)
        {
            return Handoff.Announcement(asked.Language, $"The answer was not ready within {options.Value.TurnDeadline.TotalSeconds:0.#} s.");
        }
        catch (Exception exception) when (!stale.IsCancellationRequested)
        {
            LogTurnFailed(exception, asked.Key, asked.LastContactSequence);
            return Handoff.Announcement(asked.Language, "The answer could not be composed.");
        }
    }

    private async Task AnswerAsync((Answer Answer, long UpTo) turn) => await ExecuteAsync((state, now) => state.CompleteTurn(turn.Answer, turn.UpTo, now));

    private async Task RecordAsync(Conversation started)
    {
        try
        {
            var contact = GrainFactory.GetGrain<IContactGrain>(started.Origin!.Contact.ToString());
            await contact.RecordConversationAsync(started.Key, started.Origin, started.StartedAt);
            await journal.CompleteAsync(new(started.Key, OutboxKinds.History));
        }
        catch (Exception exception)
        {
            // The outbox still holds it.
            LogNotRecorded(exception, started.Key);
        }
    }

    [LoggerMessage(LogLevel.Error, "No answer in conversation {Conversation} to message {Sequence}")]
    private partial void LogTurnFailed(Exception exception, ConversationKey conversation, long sequence);

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation} could not be read after a failed write; the next call reads it")]
    private partial void LogNotWoken(Exception exception, ConversationKey conversation);

    [LoggerMessage(LogLevel.Warning, "The contact's history does not name conversation {Conversation} yet; it is tried again")]
    private partial void LogNotRecorded(Exception exception, ConversationKey conversation);
}
