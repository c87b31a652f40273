using CustomerService;
using CustomerService.Agents;
using CustomerService.Clustering;
using CustomerService.Shell;
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
