using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerService.Answers;

/// <summary>Registers what composes answers: the only place that does.</summary>
public static class AnswerServices
{
    /// <summary>Adds the settings of answers. The knowledge base (<c>AddKnowledge</c>) is needed too.</summary>
    /// <param name="services">The host's services; configuration section <c>Answers</c> is read.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAnswers(this IServiceCollection services)
    {
        services.AddOptions<AnswerOptions>().BindConfiguration("Answers").ValidateOnStart();
        services.AddSingleton<IValidateOptions<AnswerOptions>, AnswerOptionsValidator>();
        return services;
    }
}
