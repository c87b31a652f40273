using CustomerService.Evals;

// Without a topic: everything.
if (args is [] or ["--quick", ..] or ["--data", ..])
    return Math.Max(await NluEval.RunAsync(EvalOptions.Read(args)), AnswersEval.Run(new(args)));

var arguments = new Queue<string>(args);
return arguments.Dequeue() switch
{
    "nlu" => await NluEval.RunAsync(EvalOptions.Read(arguments)),
    "speed" => await NluEval.RunSpeedAsync(EvalOptions.Read(arguments)),
    "languages" => NluEval.Run(EvalOptions.Read(arguments), "eval-languages", LanguageEval.Run),
    "sentiment" => NluEval.Run(EvalOptions.Read(arguments), "eval-sentiment", Sentiments.Run, SentimentDepth.Run, TrajectoryEval.Run),
    "entities" => NluEval.Run(EvalOptions.Read(arguments), "eval-entities", EntityEval.Run),
    "intents" => NluEval.Run(EvalOptions.Read(arguments), "eval-intents", OwnIntentsEval.Run),
    "requests" => NluEval.Run(EvalOptions.Read(arguments), "eval-requests", RequestsEval.Run),
    "features" => FeatureDump.Write(arguments.Dequeue(), arguments.Dequeue(), withVectors: !arguments.Contains("--no-vectors")),
    "answers" => AnswersEval.Run(arguments),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Evals [--quick] [--data <folder>]       nlu and answers
        Evals nlu [--quick] [--data <folder>]   accuracy and speed of understanding, on data not trained on; writes artifacts/eval-nlu.json
        Evals speed                             how long the models take to load, and one message
        Evals languages|sentiment|entities|intents|requests   one task: languages, sentiment with its trajectory, entities, intents that tenants bring themselves, several requests in one message
            They fail when a figure has fallen behind tests/Evals/baseline by more than 0.01; --accept makes the new figures the baseline.
        Evals features <texts> <output> [--no-vectors]   the features of one text a line, for models/train
        Evals answers [--dev] [--dump <file>]   retrieval, right answers, refusals and citations over the sample help centre; writes artifacts/eval-answers.json
        """);
    return 2;
}
