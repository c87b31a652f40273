using System.Diagnostics;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.Diagnostics;

/// <summary>A span around every call on either side, and the trace carried between them in the request context.</summary>
internal static class ActivityPropagation
{
    public static ActivitySource SourceOf(IGrainCallContext context) =>
        context.InterfaceMethod.DeclaringType!.Namespace?.StartsWith("Orleans", StringComparison.Ordinal) == true ? ActivitySources.RuntimeGrainSource : ActivitySources.ApplicationGrainSource;

    public static bool HasListeners => ActivitySources.ApplicationGrainSource.HasListeners() || ActivitySources.RuntimeGrainSource.HasListeners();

    public static async Task RunAsync(IGrainCallContext context, Activity activity)
    {
        activity.SetTag("rpc.system.name", "orleans");
        activity.SetTag("orleans.rpc.service", context.InterfaceName);
        activity.SetTag("rpc.method", $"{context.InterfaceName}/{context.MethodName}");
        if (activity.IsAllDataRequested)
        {
            activity.SetTag("orleans.rpc.target_id", context.TargetId.ToString());
            if (context.SourceId is { } source)
                activity.SetTag("orleans.rpc.source_id", source.ToString());
        }

        try
        {
            await context.Invoke();
        }
        catch (Exception exception)
        {
            activity.Fail(exception);
            throw;
        }
        finally
        {
            activity.Stop();
        }
    }

    public static void Fail(this Activity activity, Exception exception)
    {
        if (!activity.IsAllDataRequested)
            return;

        activity.SetStatus(ActivityStatusCode.Error);
        activity.SetTag("exception.type", exception.GetType().FullName);
        activity.SetTag("exception.message", exception.Message);
        activity.SetTag("exception.stacktrace", exception.ToString());
        activity.SetTag("exception.escaped", true);
    }
}

internal sealed class ActivityPropagationOutgoingFilter(DistributedContextPropagator propagator) : IOutgoingGrainCallFilter, ISleepingFilter
{
    public bool IsAwake => ActivityPropagation.HasListeners;

    public Task Invoke(IOutgoingGrainCallContext context)
    {
        var activity = ActivityPropagation.SourceOf(context).StartActivity(context.Request.GetActivityName(), ActivityKind.Client);
        if (activity is null)
            return context.Invoke();

        propagator.Inject(activity, null, static (_, key, value) => RequestContext.Set(key, value));
        return ActivityPropagation.RunAsync(context, activity);
    }
}

internal sealed class ActivityPropagationIncomingFilter(DistributedContextPropagator propagator) : IIncomingGrainCallFilter, ISleepingFilter
{
    public bool IsAwake => ActivityPropagation.HasListeners;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        propagator.ExtractTraceIdAndState(null, Get, out var parent, out var state);
        var name = context.Request.GetActivityName();
        var source = ActivityPropagation.SourceOf(context);
        var activity = ActivityContext.TryParse(parent, state, isRemote: true, out var parentContext)
            ? source.CreateActivity(name, ActivityKind.Server, parentContext)
            : source.CreateActivity(name, ActivityKind.Server, parent);
        if (activity is null)
            return context.Invoke();

        foreach (var (key, value) in propagator.ExtractBaggage(null, Get) ?? [])
            activity.AddBaggage(key, value);
        activity.Start();
        return ActivityPropagation.RunAsync(context, activity);
    }

    private static void Get(object? carrier, string name, out string? value, out IEnumerable<string>? values)
    {
        value = RequestContext.Get(name) as string;
        values = null;
    }
}
