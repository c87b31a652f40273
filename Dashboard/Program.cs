using CustomerService;
using CustomerService.Agents;
using CustomerService.Clustering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Dashboard;

var builder = ClusterClient.CreateBuilder(args, "http://127.0.0.1:5082", client => client.AddDashboard());
builder.Services.AddDashboard().AddTransient<IStartupFilter, OwnAssets>();
return await ClusterClient.RunAsync(builder, app =>
{
    app.MapDashboard();
    app.MapOrleansDashboard("/orleans").RequireAuthorization(DeskPolicies.Admin);
});

/// <summary>The pages ask for their files as those of a library, which they are in the silo's process; here the files lie at the root.</summary>
internal sealed class OwnAssets : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use((context, following) =>
        {
            if (context.Request.Path.StartsWithSegments("/_content/Dashboard", StringComparison.Ordinal, out var file))
                context.Request.Path = file;
            return following(context);
        });
        next(app);
    };
}
