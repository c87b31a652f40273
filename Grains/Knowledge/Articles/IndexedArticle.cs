namespace CustomerService.Knowledge;

/// <summary>An article with the passages cut from it.</summary>
internal sealed record IndexedArticle(Article Article, ImmutableArray<IndexedPassage> Passages);

/// <summary>A passage with its sentences, in reading order.</summary>
internal sealed record IndexedPassage(Passage Passage, Audience Audience, string Section, ImmutableArray<Statement> Statements)
{
    public string Heading => Passage.HeadingPath.Length == 0 ? Passage.Title : $"{Passage.Title} › {Passage.HeadingPath}";
}

/// <summary>The smallest text that can be quoted.</summary>
/// <param name="Text">Its plain text.</param>
/// <param name="Offset">Where it starts in <see cref="Article.Markdown"/>.</param>
/// <param name="Length">How long it is there.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Block">The number of the paragraph, list or table it stands in, from 0 in its article.</param>
internal sealed record Statement(string Text, int Offset, int Length, StatementKind Kind, int Block);

internal enum StatementKind
{
    /// <summary>A whole sentence of a paragraph or a list.</summary>
    Sentence,

    /// <summary>A step of a numbered list: makes sense with its neighbours only.</summary>
    Step,

    /// <summary>A row of a table, told with the heads of its columns.</summary>
    Row,

    /// <summary>Text that is found but never quoted: code, a list's introduction, a broken table.</summary>
    Fragment,
}
