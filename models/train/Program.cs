using CustomerService.Training;

// Trains the small models that the product ships. The MODEL.md beside each model has its command.
switch (args)
{
    case ["language", var data, var texts, var packages, var output]:
        LanguageTraining.Run(data, texts, packages, output);
        return 0;
    case ["entities", var data, var output]:
        EntityTraining.Run(data, output);
        return 0;
    case ["entities-tune", var data]:
        EntityTraining.Tune(data);
        return 0;
    default:
        Console.Error.WriteLine("usage: train language <data folder> <folder of texts> <node_modules> <output file>, train entities <data folder> <output file>, or train entities-tune <data folder>");
        return 2;
}
