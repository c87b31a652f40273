using CustomerService;
using CustomerService.Agents;
using CustomerService.Answers;
using CustomerService.Clustering;
using CustomerService.Conversations;
using CustomerService.Hosting;
using CustomerService.Knowledge;
using CustomerService.Nlu;
using CustomerService.Routing;
using CustomerService.Storage;

if (Help.IsAskedFor(args))
    return Help.Print();

var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
builder.AddHost();
// First: without its models nothing else need start, and nothing that runs is cut off.
builder.Services.AddNlu(builder.Configuration);
builder.UseEngine();

builder.Services
    .AddStorage()
    .AddConversations()
    .AddQueues()
    .AddOwnIntents()
    .AddOwnEntities()
    .AddModelSets()
    .AddKnowledge()
    .AddAnswers()
    .AddAgents()
    .AddGateway()
    .AddDashboard();

return await Startup.RunAsync(builder, app =>
{
    app.MapGateway();
    app.MapDashboard();
});
