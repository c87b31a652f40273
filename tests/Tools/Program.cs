using CustomerService.Demo;
using CustomerService.Nlu;

try
{
    return args switch
    {
        ["demo", .. var rest] when rest.All(option => option == "--quick") => await DemoCommand.RunAsync(quick: rest.Length > 0),
        ["analyze", var texts] => await NluCommands.AnalyzeAsync(texts),
        ["redact", var texts] => NluCommands.Redact(texts),
        ["intents", var examples, var texts] => NluCommands.Classify(examples, texts),
        ["models", "make", var folder] => ModelCommands.Make(folder),
        ["models", "check", var folder] => ModelCommands.Check(folder),
        _ => Usage(),
    };
}
catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

static int Usage()
{
    Console.Error.WriteLine("""
        Tools demo [--quick]               play Silo/Sample/demo.jsonl through a fresh instance and print what happened; writes artifacts/demo.json
        Tools analyze <texts>              language, intents, entities and sentiment of each text, one JSON object a line
        Tools redact <texts>               each text with personal values masked, what the masks stand for, and with invented values, one JSON object a line
        Tools intents <examples> <texts>   train intents on a file of examples and name those of another file's texts, one JSON object a line
        Tools models make <folder>         write set.json of a set of models that lies in the folder (docs/models.md)
        Tools models check <folder>        whether a set of models may answer messages; says why not

        A file of texts is .txt (one text a line), .jsonl ({"text": …, "intent": …} a line), .csv or .tsv (the first line names the columns: text and intent).
        """);
    return 2;
}
