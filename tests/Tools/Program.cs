using CustomerService.Demo;

return args switch
{
    ["demo", .. var rest] when rest.All(option => option == "--quick") => await DemoCommand.RunAsync(quick: rest.Length > 0),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("""
        Tools demo [--quick]   play Silo/Sample/demo.jsonl through a fresh instance and print what happened; writes artifacts/demo.json
        """);
    return 2;
}
