using CustomerService.Agents;
using CustomerService.Conversations;

namespace CustomerService.Routing;

/// <summary>The tabs of the queue.</summary>
internal enum QueueTab
{
    /// <summary>I hold the baton.</summary>
    Mine,

    /// <summary>Handed to people, and nobody has taken it.</summary>
    New,

    /// <summary>Another person holds the baton.</summary>
    Team,

    /// <summary>Everything that is not resolved.</summary>
    All,
}

/// <summary>What belongs in which tab.</summary>
internal static class QueueTabs
{
    public static bool Has(this QueueTab tab, ConversationRow row, AgentId me) => tab switch
    {
        QueueTab.Mine => row.Baton.Agent == me.Value,
        QueueTab.New => row.Baton.Holder == BatonHolder.Queue,
        QueueTab.Team => row.Baton.Agent is not null && row.Baton.Agent != me.Value,
        _ => true,
    };

    public static bool Matches(this ConversationRow row, string search) =>
        search.Length == 0
        || Contains(row.Origin.ContactName, search) || Contains(row.Preview, search) || Contains(row.Origin.Channel.Address, search)
        || Contains(row.Baton.AgentName, search) || Contains(row.Intent?.Intent.Replace('_', ' '), search);

    private static bool Contains(string? text, string search) => text?.Contains(search, StringComparison.OrdinalIgnoreCase) == true;
}
