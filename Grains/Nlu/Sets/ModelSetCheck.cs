using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>Whether a set of models may answer messages: shapes, labels that the product acts on, numbers, and known sentences.</summary>
internal static class ModelSetCheck
{
    private const int MaxLabels = 500;
    private static readonly DateTimeOffset _noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ImmutableArray<string> _actedOn = [IntentClassifier.OutOfScope, Escalation.PersonIntent, Escalation.ComplaintIntent, .. SmallTalk.Intents];

    // Plain sentences that no model of the 23 languages may take for another.
    private static readonly ImmutableArray<(string Language, string Text)> _languages =
    [
        ("ar", "أين طلبي؟ أنتظره منذ أسبوع كامل"), ("cs", "Kde je moje objednávka? Čekám na ni už týden."), ("da", "Hvor er min ordre? Jeg har ventet på den i en hel uge nu."),
        ("de", "Wo bleibt meine Bestellung? Ich warte schon seit einer Woche."), ("el", "Πού είναι η παραγγελία μου;"), ("en", "Where is my order? I have been waiting for a week now."),
        ("es", "¿Dónde está mi pedido? Llevo una semana esperando."), ("fi", "Missä tilaukseni on? Olen odottanut sitä jo viikon."), ("fr", "Où est ma commande ? J'attends depuis une semaine."),
        ("he", "איפה ההזמנה שלי?"), ("hi", "मेरा ऑर्डर कहाँ है?"), ("it", "Dov'è il mio ordine? Lo aspetto da una settimana."), ("ja", "注文した商品はどこにありますか。"), ("ko", "제 주문은 어디에 있나요?"),
        ("nl", "Waar blijft mijn bestelling? Ik wacht al een week."), ("no", "Hvor er bestillingen min? Jeg har ventet i over en uke nå."), ("pl", "Gdzie jest moje zamówienie? Czekam już tydzień."),
        ("pt", "Onde está o meu pedido? Estou à espera há uma semana."), ("ru", "Где мой заказ? Я жду его уже целую неделю."), ("sv", "Var är min beställning? Jag har väntat på den i en vecka."),
        ("tr", "Siparişim nerede? Bir haftadır bekliyorum."), ("uk", "Де моє замовлення? Я чекаю на нього вже тиждень."), ("zh", "我的订单在哪里？我已经等了一个星期。"),
    ];

    private static readonly ImmutableArray<(string Intent, string Text)> _intents = [(Escalation.PersonIntent, "I want to talk to a real person"), ("thanks", "thank you so much!"), ("greeting", "Hello")];

    private static readonly ImmutableArray<(string Language, string Low, string High)> _moods =
    [
        ("en", "This is unacceptable, I am furious and very disappointed!", "Perfect, thank you so much, great service!"),
        ("de", "Das ist eine Frechheit, ich bin stinksauer!", "Vielen Dank, das war ein super Service!"),
    ];

    /// <returns>Null when it may; or <see cref="RefusalKind.Conflict"/> <c>models.shape_wrong</c>, <c>models.label_missing</c>, <c>models.not_finite</c> or <c>models.sentence_wrong</c>.</returns>
    public static Refusal? Refuse(ModelSet set)
    {
        var (models, sentiment) = (set.Models, set.Models.Sentiment);
        return Weights(ModelParts.Intents, models.English.Model, SentenceEncoder.Dimensions)
            ?? Weights(ModelParts.IntentsMany, models.Others.Model, 0)
            ?? Weights(ModelParts.Sentiment, sentiment.English, SentenceEncoder.Dimensions + SentimentLexicon.Size)
            ?? sentiment.Others.Select(one => Weights(ModelParts.SentimentMany, one, SentimentLexicon.Size)).FirstOrDefault(refusal => refusal is not null)
            ?? Labels(ModelParts.Intents, models.English) ?? Labels(ModelParts.IntentsMany, models.Others)
            ?? (sentiment.Others.Append(sentiment.English).All(one => one.Labels.SequenceEqual(SentimentClassifier.Labels)) ? null : Refused("label_missing", $"Sentiment must have the labels {string.Join(' ', SentimentClassifier.Labels)}, in this order."))
            ?? Vectors(set.Encoder) ?? Sentences(models, set.Encoder);
    }

    private static Refusal? Weights(string part, LinearModel model, int dense)
    {
        if (model.DenseSize != dense || model.Labels.Length > MaxLabels)
            return Refused("shape_wrong", $"{part} reads {model.DenseSize} numbers beside pieces of text and has {model.Labels.Length} labels; it must be {dense} numbers and at most {MaxLabels} labels.");
        return model.IsFinite ? null : Refused("not_finite", $"{part} has weights that are no numbers.");
    }

    private static Refusal? Labels(string part, IntentClassifier intents) => _actedOn.FirstOrDefault(label => !intents.Labels.Contains(label)) is { } missing
        ? Refused("label_missing", $"{part} has no label {missing}, on which the product acts.")
        : null;

    private static Refusal? Vectors(SentenceEncoder encoder)
    {
        var (asked, alike, other) = (encoder.Encode("Where is my order?"), encoder.Encode("Can you tell me where my parcel is?"), encoder.Encode("I forgot my password and cannot log in"));
        if (!asked.Concat(alike).Concat(other).All(float.IsFinite))
            return Refused("not_finite", "The encoder's vectors are no numbers.");
        return TensorPrimitives.Dot<float>(asked, alike) > TensorPrimitives.Dot<float>(asked, other) ? null : Refused("sentence_wrong", "The encoder finds \"Where is my order?\" less like a parcel than like a password.");
    }

    private static Refusal? Sentences(UnderstandingModels models, SentenceEncoder encoder)
    {
        foreach (var (language, text) in _languages)
        {
            if (models.Languages.Detect(text).Code is var found && found != language)
                return Refused("sentence_wrong", $"The language of \"{text}\" is {language}; the set says {found}.");
        }

        return Intents(models, encoder) ?? Moods(models, encoder) ?? Person(models);
    }

    private static Refusal? Intents(UnderstandingModels models, SentenceEncoder encoder)
    {
        foreach (var (intent, text) in _intents)
        {
            if (Best(models.English.Predict(encoder.Encode(text), Pieces(text))) is var found && found != intent)
                return Refused("sentence_wrong", $"\"{text}\" is {intent}; {ModelParts.Intents} says {found}.");
            if (Best(models.Others.Predict(default, Pieces(text))) is var guessed && guessed != intent)
                return Refused("sentence_wrong", $"\"{text}\" is {intent}; {ModelParts.IntentsMany} says {guessed}.");
        }

        return null;
    }

    private static Refusal? Moods(UnderstandingModels models, SentenceEncoder encoder)
    {
        foreach (var (language, low, high) in _moods)
        {
            var vectors = language == "en" ? (encoder.Encode(low), encoder.Encode(high)) : ([], []);
            if (!(models.Sentiment.Predict(low, language, vectors.Item1, Pieces(low)).Value < models.Sentiment.Predict(high, language, vectors.Item2, Pieces(high)).Value))
                return Refused("sentence_wrong", $"\"{low}\" is worse in mood than \"{high}\"; the set says otherwise.");
        }

        return null;
    }

    private static Refusal? Person(UnderstandingModels models)
    {
        const string person = "My name is Anna Schmidt, please call me.";
        return models.Entities.Find(person, new EntityContext(_noon, "en")).Any(entity => entity.Kind == EntityKind.Person && entity.Value.Contains("Schmidt", StringComparison.Ordinal))
            ? null
            : Refused("sentence_wrong", $"There is a person in \"{person}\"; the set finds none.");
    }

    private static string Best(IntentPredictions said) => said.Intents is [var first, ..] && first.Confidence > said.OutOfScope ? first.Intent : IntentClassifier.OutOfScope;

    private static TextPieces Pieces(string text)
    {
        var pieces = new TextPieces();
        pieces.Read(text);
        return pieces;
    }

    private static Refusal Refused(string code, string why) => new(RefusalKind.Conflict, "models." + code, why);
}
