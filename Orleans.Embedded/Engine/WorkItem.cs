namespace Orleans.Engine;

/// <summary>Something an activation does in its own time. The link makes the inbox a list without nodes of its own.</summary>
public abstract class WorkItem
{
    private protected WorkItem()
    {
    }

    internal WorkItem? Next { get; set; }
}

/// <summary>A continuation that came back to the activation.</summary>
internal sealed class TaskItem(Task task) : WorkItem
{
    public Task Task => task;
}

/// <summary>Something the engine itself does in a turn, whatever else is running.</summary>
internal abstract class ControlItem : WorkItem
{
    public abstract void Run(Activation activation);
}
