using CustomerService.Simulation.Scheduling;

namespace CustomerService.Simulation;

public class SimulatorTests
{
    private readonly Simulator _simulator = new(1);
    private readonly Node _node;

    public SimulatorTests() => _node = new(_simulator, "node");

    [Fact]
    public void The_clock_moves_only_when_nothing_can_run()
    {
        List<string> order = [];
        using var timer = _node.Time.CreateTimer(_ => order.Add($"timer at {_simulator.Now}"), null, TimeSpan.FromTicks(7), Timeout.InfiniteTimeSpan);
        _node.Post(_ => order.Add($"work at {_simulator.Now}"), null);

        Finish(TimeSpan.FromTicks(10));

        Assert.Equal(["work at 0", "timer at 7"], order);
        Assert.Equal(10, _simulator.Now);
    }

    [Fact]
    public void Nothing_of_a_crashed_process_runs()
    {
        var ran = false;
        _node.Post(_ => ran = true, null);
        using var timer = _node.Time.CreateTimer(_ => ran = true, null, TimeSpan.FromTicks(1), Timeout.InfiniteTimeSpan);

        _node.Crash();
        Finish(TimeSpan.FromTicks(10));

        Assert.False(ran);
    }

    [Fact]
    public void Dates_jump_and_timers_do_not()
    {
        var before = _node.Time.GetUtcNow();
        var fired = false;
        using var timer = _node.Time.CreateTimer(_ => fired = true, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);

        _simulator.Jumped = TimeSpan.FromHours(2);
        Finish(TimeSpan.FromMinutes(59));

        Assert.False(fired);
        Assert.Equal(before + TimeSpan.FromHours(2) + TimeSpan.FromMinutes(59), _node.Time.GetUtcNow());
    }

    [Fact]
    public void Work_that_reaches_another_thread_is_noticed()
    {
        var other = new Thread(() => _node.Post(_ => { }, null));
        other.Start();
        other.Join();

        Assert.Contains("another thread", _simulator.Escape, StringComparison.Ordinal);
    }

    private void Finish(TimeSpan end)
    {
        while (_simulator.Step(end.Ticks))
        {
        }
    }
}
