using Microsoft.Extensions.Hosting;

namespace CustomerService.Nlu;

/// <summary>Understands a few texts before the first contact writes: the first analysis of a process takes a hundred times as long as the later ones.</summary>
internal sealed class WarmUp(Understanding understanding, TimeProvider time) : IHostedService
{
    private static readonly string[] Texts =
    [
        "Hello, where is my order QM-104233? It was promised for tomorrow, and I paid 12.50 EUR.",
        "Wann kommt mein Paket in der Lindenstraße 4, 10969 Berlin an?",
        "C'est inadmissible, je veux parler à une personne !",
        "Привет 你好 hola",
        "ok",
    ];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var text in Texts)
            await understanding.AnalyzeAsync(new(text, time.GetUtcNow(), null), cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
