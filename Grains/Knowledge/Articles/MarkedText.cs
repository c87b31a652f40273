using System.Text;
using Markdig.Syntax.Inlines;

namespace CustomerService.Knowledge;

/// <summary>Plain text that knows where each of its characters stands in the Markdown it came from.</summary>
internal sealed class MarkedText(string markdown)
{
    private readonly StringBuilder _text = new();
    private readonly List<(int Start, int End)> _places = [];

    public override string ToString() => _text.ToString();

    /// <summary>The stretch of Markdown behind some of the characters.</summary>
    public (int Offset, int Length) Place(int start, int length)
    {
        var offset = _places[start].Start;
        return (offset, _places[start + length - 1].End - offset);
    }

    /// <summary>The stretch of Markdown behind all of it, without blanks around; null when it has no other characters.</summary>
    public (int Offset, int Length)? Place()
    {
        var text = _text.ToString();
        var start = text.Length - text.AsSpan().TrimStart().Length;
        var length = text.AsSpan().Trim().Length;
        return length == 0 ? null : Place(start, length);
    }

    /// <summary>Adds all text below an inline; images and HTML tags have none.</summary>
    public void Append(ContainerInline? container)
    {
        for (var inline = container?.FirstChild; inline is not null; inline = inline.NextSibling)
            AppendInline(inline);
    }

    /// <summary>Adds a stretch of HTML without tags, and without the content of script and style.</summary>
    public void AppendHtml(int start, int end)
    {
        for (var at = start; at < end; at++)
        {
            if (markdown[at] == '<')
                at = SkipTag(at, end);
            else
                Append(char.IsWhiteSpace(markdown[at]) ? ' ' : markdown[at], at, at + 1);
        }
    }

    /// <summary>Adds a stretch as it stands.</summary>
    public void AppendSource(int start, int end)
    {
        for (var at = start; at < end; at++)
            Append(markdown[at], at, at + 1);
    }

    private void AppendInline(Inline inline)
    {
        switch (inline)
        {
            case LiteralInline literal: AppendLiteral(literal.Content.ToString(), literal.Span.Start, literal.Span.End + 1); break;
            case CodeInline code: AppendLiteral(code.Content, code.Span.Start + code.DelimiterCount, code.Span.End + 1 - code.DelimiterCount); break;
            case AutolinkInline link: AppendLiteral(link.Url, link.Span.Start + 1, link.Span.End); break;
            case HtmlEntityInline entity: AppendWhole(entity.Transcoded.ToString(), entity.Span.Start, entity.Span.End + 1); break;
            case LineBreakInline: Append(' ', inline.Span.Start, inline.Span.Start + 1); break;
            case LinkInline { IsImage: true }: break;
            case ContainerInline container: Append(container); break;
        }
    }

    // The source has more where a character is escaped (before it) or where a table's cell has blanks around.
    private void AppendLiteral(string content, int start, int end)
    {
        var isInside = start >= 0 && end <= markdown.Length && start < end;
        var shift = isInside ? markdown.AsSpan(start, end - start).IndexOf(content, StringComparison.Ordinal) : -1;
        if (shift < 0)
        {
            AppendWhole(content, start, end);
            return;
        }

        var isEscaped = shift > 0 && markdown[start] == '\\';
        for (var i = 0; i < content.Length; i++)
            Append(content[i], start + shift + i - (i == 0 && isEscaped ? 1 : 0), start + shift + i + 1);
    }

    private void AppendWhole(string content, int start, int end)
    {
        start = Math.Clamp(start, 0, markdown.Length);
        end = Math.Clamp(end, start, markdown.Length);
        foreach (var c in content)
            Append(c, start, end);
    }

    private void Append(char c, int start, int end)
    {
        _text.Append(char.IsControl(c) ? ' ' : c);
        _places.Add((start, end));
    }

    private int SkipTag(int at, int end)
    {
        var span = markdown.AsSpan(at, end - at);
        foreach (var name in (ReadOnlySpan<string>)["script", "style"])
        {
            if (!span[1..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
                continue;
            var close = span.IndexOf($"</{name}", StringComparison.OrdinalIgnoreCase);
            at = close < 0 ? end : at + close;
            span = markdown.AsSpan(at, end - at);
            break;
        }

        var tagEnd = span.IndexOf('>');
        return tagEnd < 0 ? end : at + tagEnd;
    }
}
