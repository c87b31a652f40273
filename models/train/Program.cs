using CustomerService.Training;

// Trains the small models that the product ships. The MODEL.md beside each model has its command.
switch (args)
{
    case ["language", var data, var output]:
        LanguageTraining.Run(data, output);
        return 0;
    case ["entities", var data, var output]:
        EntityTraining.Run(data, output);
        return 0;
    case ["entities-tune", var data]:
        EntityTraining.Tune(data);
        return 0;
    default:
        Console.Error.WriteLine("usage: train language|entities <data folder> <output file>, or train entities-tune <data folder>");
        return 2;
}
