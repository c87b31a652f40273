using System.Text;
using System.Text.Encodings.Web;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace CustomerService.Knowledge;

/// <summary>Writes HTML anew from a list of harmless elements. Whatever is not on the list loses its tags, and some its content too.</summary>
internal static class SafeHtml
{
    private const int MaxDepth = 100;

    private static readonly HashSet<string> _kept =
    [
        "h1", "h2", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "blockquote",
        "pre", "code", "em", "strong", "b", "i", "a", "br", "hr", "del", "sub", "sup", "dl", "dt", "dd",
    ];

    private static readonly HashSet<string> _dropped =
    [
        "script", "style", "iframe", "frame", "object", "embed", "template", "noscript", "svg", "math", "form", "input", "button", "textarea",
        "select", "video", "audio", "canvas", "head", "title", "img", "picture", "link", "meta", "base",
    ];

    public static string Clean(string html)
    {
        var output = new StringBuilder(html.Length);
        using var document = new HtmlParser().ParseDocument(html);
        foreach (var node in document.Body!.ChildNodes)
            Write(node, output, depth: 0);
        return output.ToString().Trim();
    }

    private static void Write(INode node, StringBuilder output, int depth)
    {
        if (node is IText text)
            output.Append(HtmlEncoder.Default.Encode(text.Data).Replace("&#xA;", "\n"));
        if (node is not IElement element || _dropped.Contains(element.LocalName) || depth == MaxDepth)
            return;

        var kept = _kept.Contains(element.LocalName);
        if (kept)
            output.Append('<').Append(element.LocalName).Append(Link(element)).Append('>');
        foreach (var child in element.ChildNodes)
            Write(child, output, depth + 1);
        if (kept && element.LocalName is not ("br" or "hr"))
            output.Append("</").Append(element.LocalName).Append('>');
    }

    private static string Link(IElement element)
    {
        if (element.LocalName != "a" || element.GetAttribute("href") is not { } address || !IsHarmless(address))
            return "";
        return $" href=\"{HtmlEncoder.Default.Encode(address)}\" rel=\"noopener noreferrer nofollow\"";
    }

    private static bool IsHarmless(string address) =>
        !address.Any(char.IsControl) && Uri.TryCreate(address.Trim(), UriKind.RelativeOrAbsolute, out var uri)
        && (uri.IsAbsoluteUri ? uri.Scheme is "https" or "http" or "mailto" or "tel" : !address.Contains(':') && !address.Contains('\\'));
}
