using CustomerService.Knowledge;
using CustomerService.Nlu;

namespace CustomerService.Answers;

/// <summary>The rungs of the ladder that need no model: what is said to a turn, from what the articles say. Knows no grain and no clock.</summary>
internal sealed class AnswerComposer(KnowledgeIndex knowledge, ITextVectors? vectors, AnswerOptions options)
{
    private const double SureLanguage = 0.85, SurePerson = 0.8;
    private const int MaxSuggestions = 3, MinWords = 3, MaxShortWords = 8;

    /// <summary>Answers a turn.</summary>
    /// <param name="question">The turn.</param>
    /// <param name="cancellationToken">Stops between the parts of a turn.</param>
    /// <returns>An answer with an <see cref="Answer.Elapsed"/> of zero.</returns>
    public Answer Compose(Question question, CancellationToken cancellationToken = default)
    {
        var language = LanguageOf(question);
        if (SmallAnswer(question, language) is { } small)
            return small;
        if (knowledge.Rows.IsEmpty)
            return Handoff(language, "The knowledge base has no articles yet.");
        if (knowledge.In(language) is not { } index)
            return Handoff(language, $"The knowledge base has no articles in this language ({language}).");

        if (NamesOther(question.Analysis, index))
            return Handoff(language, "The message names a company that no article mentions.");

        List<Found> found = [];
        var unanswered = 0;
        foreach (var request in Requests.Split(question.Text, language))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var answer = Find(index, request, question);
            if (answer is not null)
                found.Add(answer);
            else
                unanswered++;
        }

        if (found.Count == 0)
            return IsGibberish(index, question) ? Unclear(question, language) : Handoff(language, "Nothing in the knowledge base answers the question.");
        return Extracted(found, language, unanswered);
    }

    /// <summary>Drafts for an agent, also from articles that only agents may read; at most one an article.</summary>
    public ImmutableArray<Suggestion> Suggest(Question question)
    {
        if (knowledge.In(LanguageOf(question)) is not { } index || !question.Text.Any(char.IsLetterOrDigit))
            return [];

        var text = index.Read(question.Text, vectors);
        return [.. Retriever.Search(index, text, Audience.Agent)
            .Where(c => c.Score >= options.MinSuggestionScore && !IsOutdated(index, c))
            .GroupBy(c => c.Passage.Source.Passage.Article)
            .Select(article => Draft(text, [.. article], index.Outdated))
            .OfType<Suggestion>().Take(MaxSuggestions)];
    }

    private Suggestion? Draft(QuestionText text, List<PassageHit> article, Outdated outdated)
    {
        var picks = Extract.Sentences(text, article, outdated, options.MaxSentences);
        var citations = picks.Select(p => p.Citation).ToImmutableArray();
        return picks.Count == 0 ? null
            : new(string.Join(' ', picks.Select(p => p.Statement.Source.Text)), citations, article[0].Passage.Source.Audience, Math.Round(article[0].Score, 3));
    }

    private Answer? SmallAnswer(Question question, string language)
    {
        var talk = SmallTalk.For(language);
        if (!question.Text.Any(char.IsLetterOrDigit))
            return Unclear(question, language);
        if (Steering.IsIn(question.Text))
            return Handoff(language, "The message gives orders to the assistant instead of asking something.");
        if (talk.AsksForPerson(question.Text) || IsPersonIntent(question.Analysis))
            return Handoff(language, "The contact asks for a person.");
        return talk.Read(question.Text) is { } kind ? Canned(talk, kind) : null;
    }

    // Extractive answers to requests of one turn; a passage that answers two of them is quoted once.
    private static Answer Extracted(List<Found> found, string language, int unanswered)
    {
        var sentences = found.SelectMany(f => f.Picks).DistinctBy(p => p.Statement.Source.Text).Select(p => p.ToSentence()).ToImmutableArray();
        var reason = unanswered == 0 ? null : $"The knowledge base answers {found.Count} of {found.Count + unanswered} questions in the message.";
        return new(AnswerRung.Extractive, language, sentences, found.Min(f => f.Confidence), reason, TimeSpan.Zero);
    }

    // The question alone, with its scene, or after the message before: the reading that the articles support most.
    private Found? Find(LanguageIndex index, Request request, Question question)
    {
        var earlier = question.Earlier.IsDefaultOrEmpty ? null : question.Earlier[^1];
        if (earlier is not null && Requests.IsFollowUp(request.Asked) && Look(index, $"{earlier} {request.Asked}") is { } followed && followed.Confidence >= options.MinConfidence)
            return followed;

        var alone = IsShort(request.Asked, MinWords) && request.WithScene != request.Asked ? null : Look(index, request.Asked);
        var inScene = request.WithScene == request.Asked ? null : Look(index, request.WithScene);
        var best = inScene is null || alone?.Confidence >= inScene.Confidence ? alone : inScene;
        if (best?.Confidence >= options.MinConfidence)
            return best;
        var together = earlier is null || !IsShort(request.Asked, MaxShortWords) ? null : Look(index, $"{earlier} {request.Asked}");
        return together?.Confidence >= options.MinConfidence ? together : null;
    }

    internal Found? Look(LanguageIndex index, string request)
    {
        var text = index.Read(request, vectors);
        var everything = Retriever.Search(index, text, Audience.Agent);
        var candidates = everything.Where(c => IsQuotable(index, c)).ToList();
        var picks = Extract.Sentences(text, candidates, index.Outdated, options.MaxSentences);
        if (picks.Count == 0)
            return null;

        var best = picks.MaxBy(p => p.Score)!;
        var candidate = candidates.First(c => ReferenceEquals(c.Passage, best.Passage));
        var forAgents = everything.Where(c => c.Passage.Source.Audience == Audience.Agent).Select(c => c.Score).DefaultIfEmpty(0).Max();
        var evidence = Evidence.Weigh(index, text, best, candidate, forAgents, vectors);
        return new(picks, candidates, evidence, evidence.Confidence(text.Vector is not null));
    }

    private static bool IsQuotable(LanguageIndex index, PassageHit candidate) =>
        candidate.Passage.Source.Audience == Audience.Public && !IsOutdated(index, candidate);

    private static bool IsOutdated(LanguageIndex index, PassageHit candidate) => index.Outdated.Articles.ContainsKey(candidate.Passage.Source.Passage.Article);

    // The last message may be in another language than the conversation so far.
    private string LanguageOf(Question question)
    {
        var heard = question.Analysis?.Language;
        if (heard is { Confidence: >= SureLanguage } sure && sure.Code != Languages.Unknown && knowledge.In(sure.Code) is not null)
            return sure.Code;
        if (question.Language != Languages.Unknown)
            return question.Language;
        return heard is { } guess && guess.Code != Languages.Unknown ? guess.Code : knowledge.BestLanguage(question.Text) ?? "en";
    }

    // A company that no article knows: what we say about our own orders would be wrong for theirs.
    private static bool NamesOther(Analysis? analysis, LanguageIndex index) => analysis is not null && analysis.Entities
        .Any(e => e.Kind == EntityKind.Company && index.Read(e.Text, model: null).Terms is { Count: > 0 } terms && !terms.Any(index.Knows));

    private static bool IsPersonIntent(Analysis? analysis) =>
        analysis is { OutOfScope: < 0.5, Intents: [{ Intent: Escalation.PersonIntent, Confidence: >= SurePerson }, ..] };

    private static bool IsShort(string request, int words) => Words.Split(request).Count <= words;

    private static bool IsGibberish(LanguageIndex index, Question question) =>
        Words.Split(question.Text) is { Count: <= 3 } && index.Read(question.Text, model: null).Terms.All(t => !index.Knows(t))
        && question.Analysis is null or { Language.Code: Languages.Unknown };

    // Asked back once; when that was not understood either, a person takes over.
    private static Answer Unclear(Question question, string language)
    {
        var talk = SmallTalk.For(language);
        return !question.Earlier.IsDefaultOrEmpty && question.Earlier.Contains(talk.Reply(SmallTalkKind.Unclear))
            ? Handoff(language, "The contact's messages cannot be understood.")
            : Canned(talk, SmallTalkKind.Unclear);
    }

    private static Answer Canned(SmallTalk talk, SmallTalkKind kind) => kind == SmallTalkKind.Person
        ? Handoff(talk.Language, "The contact asks for a person.")
        : new(AnswerRung.Canned, talk.Language, [new(talk.Reply(kind), [], Support: 1)], 1, null, TimeSpan.Zero);

    private static Answer Handoff(string language, string reason) => new(AnswerRung.Human, language, [], 0, reason, TimeSpan.Zero);

    /// <summary>What was found for one request.</summary>
    internal sealed record Found(List<Pick> Picks, IReadOnlyList<PassageHit> Candidates, Evidence Evidence, double Confidence);
}
