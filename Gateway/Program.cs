using CustomerService;
using CustomerService.Clustering;

var builder = ClusterClient.CreateBuilder(args, "http://127.0.0.1:5081");
builder.Services.AddGateway();
return await ClusterClient.RunAsync(builder, app => app.MapGateway());
