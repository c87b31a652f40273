using Microsoft.Extensions.DependencyInjection;

namespace Orleans.Runtime
{
    /// <summary>Something to do when the silo has started, before the host counts as started.</summary>
    public interface IStartupTask
    {
        Task Execute(CancellationToken cancellationToken);
    }
}

namespace Orleans.Hosting
{
    using Orleans.Runtime;

    public static class SiloBuilderStartupExtensions
    {
        // ServiceLifecycleStage.Active
        private const int Active = 20000;

        public static ISiloBuilder AddStartupTask<TStartup>(this ISiloBuilder builder, int stage = Active) where TStartup : class, IStartupTask =>
            builder.AddStartupTask((services, token) => ActivatorUtilities.GetServiceOrCreateInstance<TStartup>(services).Execute(token), stage);

        public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, IStartupTask startupTask, int stage = Active) =>
            builder.AddStartupTask((_, token) => startupTask.Execute(token), stage);

        public static ISiloBuilder AddStartupTask(this ISiloBuilder builder, Func<IServiceProvider, CancellationToken, Task> startupTask, int stage = Active)
        {
            builder.Services.AddSingleton(new StartupTask(stage, startupTask));
            return builder;
        }
    }
}
