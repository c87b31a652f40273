using CustomerService.Agents;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Inboxes;
using CustomerService.Simulation.Checking;
using CustomerService.Simulation.Deployment;
using CustomerService.Simulation.Scheduling;

namespace CustomerService.Simulation.Workload;

/// <summary>Does what the plan says people do, as the Gateway and the Dashboard would: with patience, and again when no answer came.</summary>
internal sealed class People(World world, Plan plan)
{
    private const double LostAnswers = 0.15;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly string[] s_texts = ["hi", "Where is my order?", "I want to speak to a person.", "Das ist eine Frechheit!", "ok", new('x', 9_000), "Überall 🙂 Ümläute 🙂"];

    public int Unanswered { get; private set; }

    public void Begin()
    {
        foreach (var act in plan.Acts)
            world.Outside.Run(() => DoAsync(act));
        Unanswered = plan.Acts.Length;
    }

    private async Task DoAsync(Act act)
    {
        await Task.Delay(act.At, world.Outside.Time);
        var chance = new Chance(Chance.Mix(plan.Seed, (ulong)act.Id));
        world.Tell($"{act} begins");
        if (act.Kind == ActKind.Post)
            await UntilToldAsync(chance, int.MaxValue, grains => PostAsync(act, chance, grains));
        else if (world.Promises.Of(act.Address) is [.., var newest] known)
            await UntilToldAsync(chance, 3, grains => OnConversationAsync(act, chance.Happens(0.85) ? newest.Key : known[chance.Below(known.Count)].Key, grains));
        Unanswered--;
        world.Tell($"{act} ends");
    }

    private async Task<bool> PostAsync(Act act, Chance chance, IGrainFactory grains)
    {
        var message = new IncomingMessage(ChannelKind.WebChat, $"m{act.Id}", $"{s_texts[act.Id % s_texts.Length]} {act.Id}", act.Id % 3 == 0 ? "Kim" : null);
        var result = await InTimeAsync(grains.GetGrain<IContactChannelGrain>(Staff.Channel(act.Address).ToString()).PostAsync(message));
        if (result.Refusal is not null)
            return false;

        world.Promises.Acknowledged(AuthorKind.Contact, message.DedupId, result.Value!);
        return !chance.Happens(LostAnswers);
    }

    private async Task<bool> OnConversationAsync(Act act, ConversationKey key, IGrainFactory grains)
    {
        var conversation = grains.GetGrain<IConversationGrain>(key.ToString());
        var agent = Staff.All[act.Agent];
        switch (act.Kind)
        {
            case ActKind.Open:
                world.Open(act.Agent, key);
                break;
            case ActKind.AskForPerson:
                await InTimeAsync(conversation.RequestPersonAsync());
                break;
            case ActKind.Take:
                Held(key, agent, await InTimeAsync(conversation.TakeAsync(agent)));
                break;
            case ActKind.Reply:
                return await ReplyAsync(act, conversation, agent);
            case ActKind.Note:
                await InTimeAsync(conversation.AddNoteAsync(agent, $"Note {act.Id}"));
                break;
            case ActKind.HandBack:
                await InTimeAsync(conversation.HandBackAsync(agent));
                break;
            case ActKind.Resolve:
                await InTimeAsync(conversation.ResolveAsync(agent));
                break;
            case ActKind.Reopen:
                await InTimeAsync(conversation.ReopenAsync(agent));
                break;
        }

        return true;
    }

    private async Task<bool> ReplyAsync(Act act, IConversationGrain conversation, AgentProfile agent)
    {
        var result = await InTimeAsync(conversation.ReplyAsync(agent, $"Reply {act.Id}", $"r{act.Id}"));
        if (result.Refusal is null)
            world.Promises.Acknowledged(AuthorKind.Agent, $"r{act.Id}", result.Value!);
        return act.Id % 5 != 0 || result.Refusal is not null;
    }

    private void Held(ConversationKey key, AgentProfile agent, Result<Baton> told)
    {
        if (told.Value is not { } baton)
            return;

        world.Promises.Acknowledged(key, baton);
        if (baton.Agent != agent.Id.Value)
            world.Promises.Fail(Promises.OneBaton, $"{agent.Id} was told to hold what {baton.Agent} holds");
    }

    private Task<T> InTimeAsync<T>(Task<T> call) => call.WaitAsync(Patience, world.Outside.Time);

    private async Task UntilToldAsync(Chance chance, int tries, Func<IGrainFactory, Task<bool>> attempt)
    {
        while (tries-- > 0)
        {
            try
            {
                if (world.Pick(chance) is { } grains && await attempt(grains))
                    return;
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // As a person sees it: no answer came.
                world.Tell($"no answer: {fault.GetType().Name} {fault.Message}");
            }

            await Task.Delay(chance.Between(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(4)), world.Outside.Time);
        }
    }
}
