using CustomerService.Simulation;

if (SimulateOptions.Read(args) is not { } options)
    return SimulateOptions.Print();

return options.Seed is { } seed ? Replay.Show(seed, options.Mutation) : Explore.Show(options);
