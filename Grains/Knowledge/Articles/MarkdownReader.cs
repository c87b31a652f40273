using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;

namespace CustomerService.Knowledge;

/// <summary>Reads Markdown into statements below headings, each with its exact place.</summary>
internal sealed class MarkdownReader
{
    private static readonly MarkdownPipeline _pipeline = new MarkdownPipelineBuilder().UsePipeTables().UsePreciseSourceLocation().Build();
    private readonly string _markdown, _language;
    private readonly List<(string HeadingPath, List<Statement> Statements)> _sections = [("", [])];
    private readonly List<(int Level, string Text)> _headings = [];
    private int _block;

    private MarkdownReader(string markdown, string language)
    {
        var (document, problem) = Parse(markdown);
        (_markdown, _language, Html, Problem) = (markdown, language, SafeHtml.Clean(document.ToHtml(_pipeline)), problem);
        Walk(document, StatementKind.Sentence);
    }

    /// <summary>The statements of each heading, in reading order.</summary>
    public IReadOnlyList<(string HeadingPath, List<Statement> Statements)> Sections => _sections;

    public string Html { get; }

    /// <summary>What could not be read as the author meant it; null when all is well.</summary>
    public string? Problem { get; private set; }

    public static MarkdownReader Read(string markdown, string language) => new(markdown, language);

    // Without its end, a fence would swallow the rest of the article: its line is read as blank instead, so offsets stay.
    private static (MarkdownDocument Document, string? Problem) Parse(string markdown)
    {
        var document = Markdown.Parse(markdown, _pipeline);
        if (document.Descendants<FencedCodeBlock>().FirstOrDefault(b => b.ClosingFencedCharCount == 0) is not { } open)
            return (document, null);

        var end = markdown.IndexOf('\n', open.Span.Start);
        end = end < 0 ? markdown.Length : end;
        var blanked = string.Concat(markdown.AsSpan(0, open.Span.Start), new string(' ', end - open.Span.Start), markdown.AsSpan(end));
        return (Parse(blanked).Document, $"has a code block that does not end (line {open.Line + 1} of its body); it is read as text");
    }

    private void Walk(ContainerBlock container, StatementKind kind)
    {
        foreach (var block in container)
        {
            switch (block)
            {
                case HeadingBlock heading: Head(heading); break;
                case Table table: Rows(table); break;
                case ListBlock list: List(list); break;
                case FencedCodeBlock or CodeBlock: Add(StatementKind.Fragment, text => text.AppendSource(block.Span.Start, block.Span.End + 1)); break;
                case HtmlBlock: Add(kind, text => text.AppendHtml(block.Span.Start, block.Span.End + 1)); break;
                case LeafBlock { Inline: { } inline }: Add(kind, text => text.Append(inline)); break;
                case ContainerBlock inner: Walk(inner, kind); break;
            }
        }
    }

    private void Head(HeadingBlock heading)
    {
        var text = new MarkedText(_markdown);
        text.Append(heading.Inline);
        _headings.RemoveAll(h => h.Level >= heading.Level);
        _headings.Add((heading.Level, text.ToString().Trim()));
        _sections.Add((string.Join(" › ", _headings.Select(h => h.Text)), []));
    }

    private void List(ListBlock list)
    {
        foreach (var item in list.OfType<ListItemBlock>())
        {
            Walk(item, list.IsOrdered ? StatementKind.Step : StatementKind.Sentence);
            _block--;
        }

        _block++;
    }

    private void Add(StatementKind kind, Action<MarkedText> append)
    {
        var text = new MarkedText(_markdown);
        append(text);
        var plain = text.ToString();
        if (IsBrokenTable(plain))
        {
            kind = StatementKind.Fragment;
            Problem ??= "has a table whose rows do not fit its head; it is found but not quoted";
        }

        foreach (var (start, length) in Sentences.Split(plain, _language))
            AddStatement(plain.Substring(start, length), text.Place(start, length), kind);
        _block++;
    }

    private void Rows(Table table)
    {
        var rows = table.OfType<TableRow>().Select(r => r.OfType<TableCell>().Select(Cell).ToArray()).ToArray();
        if (rows is not [var head, ..])
            return;

        foreach (var row in rows.Skip(1))
        {
            var cells = row.Select(c => c.Place()).OfType<(int Offset, int Length)>().ToArray();
            if (cells is [var first, ..] && cells[^1] is var last)
                AddStatement(TableText.Tell(head, row), (first.Offset, last.Offset + last.Length - first.Offset), StatementKind.Row);
        }

        _block++;
    }

    private MarkedText Cell(TableCell cell)
    {
        var text = new MarkedText(_markdown);
        foreach (var leaf in cell.OfType<LeafBlock>())
            text.Append(leaf.Inline);
        return text;
    }

    // A sentence that introduces a list says nothing alone; neither does a word or two without an end.
    private void AddStatement(string text, (int Offset, int Length) place, StatementKind kind)
    {
        if (place.Length <= 0 || !text.Any(char.IsLetterOrDigit))
            return;
        if (kind == StatementKind.Sentence && (text[^1] == ':' || !text.Any(char.IsWhiteSpace)) && !text.Any(c => c >= '\u3000'))
            kind = StatementKind.Fragment;
        _sections[^1].Statements.Add(new Statement(text, place.Offset, place.Length, kind, _block));
    }

    private static bool IsBrokenTable(string text) => text.Contains(" | ", StringComparison.Ordinal) && text.Contains("---", StringComparison.Ordinal);
}
