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
builder.UseEngine();

builder.Services
    .AddStorage()
    .AddConversations()
    .AddQueues()
    .AddNlu(builder.Configuration)
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
