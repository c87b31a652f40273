using CustomerService.Nlu;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CustomerService.Knowledge;

/// <summary>Registers the knowledge base: the only place that does.</summary>
public static class KnowledgeServices
{
    /// <summary>Adds the index of this process and what keeps it like its source.</summary>
    /// <param name="services">The host's services; configuration sections <c>Knowledge</c> and <c>Tenancy</c> are read.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddKnowledge(this IServiceCollection services)
    {
        services.AddOptions<KnowledgeOptions>().BindConfiguration("Knowledge").ValidateOnStart();
        services.AddSingleton<IValidateOptions<KnowledgeOptions>, KnowledgeOptionsValidator>();
        services.AddSingleton<KnowledgeBase>();
        services.TryAddSingleton(_ => new SentenceEncoder(ModelFolder.BesideProgram));
        services.AddSingleton<ITextVectors, MiniLmVectors>();
        services.AddSingleton(sp => new ArticleArchive(sp.GetRequiredService<IOptions<KnowledgeOptions>>().Value.FolderOf("articles")));
        services.AddHostedService<KnowledgeIndexer>();
        return services;
    }
}
