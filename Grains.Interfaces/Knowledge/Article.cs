namespace CustomerService.Knowledge;

/// <summary>One version of an article. Immutable: an edit makes a new version.</summary>
/// <param name="Id">The article.</param>
/// <param name="Version">The version's name: the first 12 hexadecimal digits of the SHA-256 of its source text.</param>
/// <param name="Title">The title.</param>
/// <param name="Language">The language it is written in, ISO 639-1.</param>
/// <param name="Audience">Who may read it.</param>
/// <param name="UpdatedAt">When its author last changed it; the newer of two that disagree is right.</param>
/// <param name="Markdown">The body as written; offsets of passages and citations count in it, in UTF-16 code units.</param>
/// <param name="Html">The body as safe HTML: no script, no style, no remote content.</param>
/// <param name="Section">The folder it is in, for example <c>delivery</c>.</param>
[GenerateSerializer, Immutable, Alias("article")]
public sealed record Article(
    [property: Id(0)] ArticleId Id,
    [property: Id(1)] string Version,
    [property: Id(2)] string Title,
    [property: Id(3)] string Language,
    [property: Id(4)] Audience Audience,
    [property: Id(5)] DateTimeOffset UpdatedAt,
    [property: Id(6)] string Markdown,
    [property: Id(7)] string Html,
    [property: Id(8)] string Section);

/// <summary>Who may read an article or a passage of it.</summary>
[GenerateSerializer, Alias("audience")]
public enum Audience
{
    /// <summary>Everybody.</summary>
    Public,

    /// <summary>Agents only; never shown to or quoted for a contact.</summary>
    Agent,
}

/// <summary>An article in a list.</summary>
/// <param name="Id">The article.</param>
/// <param name="Version">Its current version.</param>
/// <param name="Title">The title.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Audience">Who may read it.</param>
/// <param name="UpdatedAt">When its author last changed it.</param>
/// <param name="Section">The folder it is in.</param>
[GenerateSerializer, Immutable, Alias("article-row")]
public sealed record ArticleRow(
    [property: Id(0)] ArticleId Id,
    [property: Id(1)] string Version,
    [property: Id(2)] string Title,
    [property: Id(3)] string Language,
    [property: Id(4)] Audience Audience,
    [property: Id(5)] DateTimeOffset UpdatedAt,
    [property: Id(6)] string Section);

/// <summary>A part of an article that can be found and quoted on its own.</summary>
/// <param name="Article">The article.</param>
/// <param name="Version">The version it was cut from.</param>
/// <param name="Title">The article's title.</param>
/// <param name="HeadingPath">The headings above it, outermost first, joined by <c> › </c>; empty at the top.</param>
/// <param name="Offset">Where it starts in <see cref="Article.Markdown"/>, in UTF-16 code units.</param>
/// <param name="Length">How long it is there, in UTF-16 code units.</param>
/// <param name="Text">Its plain text.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="UpdatedAt">When the article was last changed.</param>
[GenerateSerializer, Immutable, Alias("passage")]
public sealed record Passage(
    [property: Id(0)] ArticleId Article,
    [property: Id(1)] string Version,
    [property: Id(2)] string Title,
    [property: Id(3)] string HeadingPath,
    [property: Id(4)] int Offset,
    [property: Id(5)] int Length,
    [property: Id(6)] string Text,
    [property: Id(7)] string Language,
    [property: Id(8)] DateTimeOffset UpdatedAt);
