namespace CustomerService.Knowledge;

/// <summary>The index of this process. Readers take <see cref="Current"/> once and never wait; the indexer swaps it.</summary>
internal sealed class KnowledgeBase
{
    private volatile State _state = new(KnowledgeIndex.Empty, null, null, []);

    public KnowledgeIndex Current => _state.Index;

    /// <summary>Makes vectors of questions; null when there is no model or it is not ready.</summary>
    public ITextVectors? Vectors => _state.Vectors;

    public KnowledgeStatus Status => new(_state.Index.Rows.Length, _state.Index.Passages, _state.IndexedAt, _state.Problems);

    public void Swap(KnowledgeIndex index, ITextVectors? vectors, DateTimeOffset indexedAt, ImmutableArray<string> problems) =>
        _state = new(index, vectors, indexedAt, problems);

    private sealed record State(KnowledgeIndex Index, ITextVectors? Vectors, DateTimeOffset? IndexedAt, ImmutableArray<string> Problems);
}
