using Orleans.Engine;
using Orleans.Runtime;

namespace CustomerService.EngineTests.Activations;

public sealed class DirectoryTests
{
    [Fact]
    public void Threads_that_look_for_the_same_keys_find_the_same_entries_while_the_directory_grows()
    {
        var made = 0;
        var directory = new GrainDirectory(key => new Entry(key, Interlocked.Increment(ref made)));
        var found = new Entry[8][];

        Parallel.For(0, found.Length, thread => found[thread] = [.. Enumerable.Range(0, 20_000).Select(key => (Entry)directory.FindOrCreate(Key(key)))]);

        Assert.Equal(20_000, made);
        Assert.All(found, entries => Assert.Equal(found[0], entries));
        Assert.Equal(20_000, directory.Entries.Distinct().Count());
    }

    [Fact]
    public void A_successor_stands_in_the_place_of_the_entry_it_replaces()
    {
        var directory = new GrainDirectory(key => new Entry(key, 0));
        var entries = Enumerable.Range(0, 1_000).Select(key => directory.FindOrCreate(Key(key))).ToArray();
        var successor = new Entry(Key(500), 1);

        directory.Replace(entries[500], successor);
        directory.Replace(entries[500], new Entry(Key(500), 2));

        Assert.Same(successor, directory.Find(Key(500)));
        Assert.Equal(1_000, directory.Entries.Count());
    }

    [Fact]
    public void An_entry_that_was_taken_out_is_not_found_and_the_others_are()
    {
        var directory = new GrainDirectory(key => new Entry(key, 0));
        var entries = Enumerable.Range(0, 1_000).Select(key => directory.FindOrCreate(Key(key))).ToArray();

        for (var key = 0; key < entries.Length; key += 2)
            directory.Replace(entries[key], successor: null);

        Assert.All(Enumerable.Range(0, 1_000), key => Assert.Same(key % 2 == 0 ? null : entries[key], directory.Find(Key(key))));
        Assert.Equal(500, directory.Entries.Count());
    }

    private static IdSpan Key(int number) => IdSpan.Create($"key-{number}");

    private sealed class Entry(IdSpan key, int number) : IDirectoryEntry
    {
        private DirectoryLink _link;

        public IdSpan Key => key;

        public int Number => number;

        public ref DirectoryLink Link => ref _link;

        public bool TryPost(Message message) => false;
    }
}
