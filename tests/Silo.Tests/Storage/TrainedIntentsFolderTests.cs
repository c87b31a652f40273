using CustomerService.Nlu;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerService.Storage;

public sealed class TrainedIntentsFolderTests
{
    [Theory]
    [InlineData("data/desk/service.db", null, "data/desk/intents")]
    [InlineData("service.db", null, "intents")]
    [InlineData("service.db", "elsewhere", "elsewhere")]
    [InlineData("service.db", "", "")]
    public void Trained_intents_are_kept_beside_the_database_unless_a_setting_says_otherwise(string database, string? setting, string folder)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:Path", database), .. setting is null ? [] : (KeyValuePair<string, string?>[])[new("Intents:Cache", setting)]]).Build();
        using var services = new ServiceCollection().AddSingleton<IConfiguration>(configuration).AddStorage().AddOwnIntents().BuildServiceProvider();

        var cache = services.GetRequiredService<IOptions<IntentOptions>>().Value.Cache;

        Assert.Equal(setting ?? Path.GetFullPath(folder), cache);
    }
}
