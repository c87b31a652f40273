using System.Collections;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace Orleans.Utilities;

/// <summary>Observers by their own reference.</summary>
public class ObserverManager<TObserver>(TimeSpan expiration, ILogger log) : ObserverManager<IAddressable, TObserver>(expiration, log);

/// <summary>Keeps observers that a grain tells of events, drops those that fail or have not subscribed again in time.</summary>
/// <param name="expiration">How long a subscription lasts.</param>
/// <param name="log">Where dropped observers are noted.</param>
public class ObserverManager<TIdentity, TObserver>(TimeSpan expiration, ILogger log) : IEnumerable<TObserver> where TIdentity : notnull
{
    // Replaced, never changed, so that a walk in progress sees what was there when it began.
    private ImmutableDictionary<TIdentity, (TObserver Observer, DateTime LastSeen)> _observers = ImmutableDictionary<TIdentity, (TObserver, DateTime)>.Empty;

    public Func<DateTime> GetDateTime { get; set; } = () => DateTime.UtcNow;

    public TimeSpan ExpirationDuration { get; set; } = expiration;

    public int Count => _observers.Count;

    public IReadOnlyDictionary<TIdentity, TObserver> Observers => _observers.ToDictionary(entry => entry.Key, entry => entry.Value.Observer);

    public void Clear() => _observers = _observers.Clear();

    public void Subscribe(TIdentity id, TObserver observer) => _observers = _observers.SetItem(id, (observer, GetDateTime()));

    public void Unsubscribe(TIdentity id) => _observers = _observers.Remove(id);

    public async Task Notify(Func<TObserver, Task> notification, Func<TObserver, bool>? predicate = null)
    {
        var defunct = new List<TIdentity>();
        foreach (var (id, observer) in Living(defunct, predicate))
        {
            try
            {
                await notification(observer);
            }
            catch (Exception exception)
            {
                Drop(id, exception, defunct);
            }
        }

        _observers = _observers.RemoveRange(defunct);
    }

    public void Notify(Action<TObserver> notification, Func<TObserver, bool>? predicate = null)
    {
        var defunct = new List<TIdentity>();
        foreach (var (id, observer) in Living(defunct, predicate))
        {
            try
            {
                notification(observer);
            }
            catch (Exception exception)
            {
                Drop(id, exception, defunct);
            }
        }

        _observers = _observers.RemoveRange(defunct);
    }

    public void ClearExpired()
    {
        var now = GetDateTime();
        _observers = _observers.RemoveRange(_observers.Where(entry => IsExpired(entry.Value.LastSeen, now)).Select(entry => entry.Key));
    }

    public IEnumerator<TObserver> GetEnumerator() => _observers.Values.Select(entry => entry.Observer).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private IEnumerable<(TIdentity Id, TObserver Observer)> Living(List<TIdentity> defunct, Func<TObserver, bool>? predicate)
    {
        var now = GetDateTime();
        foreach (var (id, (observer, lastSeen)) in _observers)
        {
            if (IsExpired(lastSeen, now))
                defunct.Add(id);
            else if (predicate is null || predicate(observer))
                yield return (id, observer);
        }
    }

    private bool IsExpired(DateTime lastSeen, DateTime now) => lastSeen + ExpirationDuration < now;

    private void Drop(TIdentity id, Exception exception, List<TIdentity> defunct)
    {
        log.LogDebug(exception, "Dropped observer {Id}", id);
        defunct.Add(id);
    }
}
