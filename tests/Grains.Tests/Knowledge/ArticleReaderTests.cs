using System.Text;

namespace CustomerService.Knowledge;

public sealed class ArticleReaderTests
{
    [Fact]
    public void An_article_is_cut_at_its_headings_and_every_statement_knows_its_place()
    {
        var article = HelpCentre.Article("delivery", HelpCentre.Delivery);

        Assert.Equal(["Delivery › Time", "Delivery › Price"], article.Passages.Select(p => p.Passage.HeadingPath));
        var norway = article.Passages[0].Statements[0];
        Assert.Equal("A parcel to Norway takes 5 days.", norway.Text);
        Assert.Equal("A parcel to Norway takes **5 days**.", article.Article.Markdown.Substring(norway.Offset, norway.Length));
    }

    [Fact]
    public void A_version_is_named_after_its_source()
    {
        var (one, same, other) = (HelpCentre.Article("a", "Text one."), HelpCentre.Article("a", "Text one."), HelpCentre.Article("a", "Text two."));

        Assert.Equal(one.Article.Version, same.Article.Version);
        Assert.NotEqual(one.Article.Version, other.Article.Version);
        Assert.Equal(12, one.Article.Version.Length);
    }

    [Fact]
    public void A_row_of_a_table_is_told_with_the_heads_of_its_columns()
    {
        var article = HelpCentre.Article("prices", "| Country | Standard | Express |\n| --- | --- | --- |\n| Norway | NOK 119 | none |\n");

        var row = Assert.Single(article.Passages[0].Statements);
        Assert.Equal("Norway: Standard NOK 119, Express none", row.Text);
        Assert.Equal("Norway | NOK 119 | none", article.Article.Markdown.Substring(row.Offset, row.Length));
    }

    [Fact]
    public void Html_is_made_harmless()
    {
        var html = HelpCentre.Article("a", "Hello <script>alert(1)</script><img src=x onerror=alert(1)> <b onclick='x'>bold</b> [bad](javascript:alert(1)) [good](https://shop.example/)\n\n<style>p{}</style>\n").Article.Html;

        Assert.DoesNotContain("script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("onerror", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("<b>bold</b>", html, StringComparison.Ordinal);
        Assert.Contains("<a href=\"https://shop.example/\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fence_that_does_not_end_swallows_nothing_and_is_reported()
    {
        var (article, problem) = HelpCentre.Reader.Read("a.md", Encoding.UTF8.GetBytes(HelpCentre.Source("a", "Start here.\n\n```\nshake\n\n## Storage\n\nKeep it dry at home.\n")));

        Assert.Contains("code block that does not end (line 3", problem, StringComparison.Ordinal);
        Assert.Contains(article!.Passages, p => p.Passage.HeadingPath == "Storage" && p.Passage.Text == "Keep it dry at home.");
    }

    [Theory]
    [InlineData("Just text", "has no front matter")]
    [InlineData("---\nid: a\n", "does not end")]
    [InlineData("---\nid: [a\n---\nText", "not YAML")]
    [InlineData("---\nid: Not a slug\ntitle: T\nlanguage: en\naudience: public\nupdated: 2026-01-01\n---\nText", "no usable id")]
    [InlineData("---\nid: a\ntitle: T\nlanguage: xx\naudience: public\nupdated: 2026-01-01\n---\nText", "no usable language")]
    [InlineData("---\nid: a\ntitle: T\nlanguage: en\naudience: all\nupdated: 2026-01-01\n---\nText", "no usable audience")]
    [InlineData("---\nid: a\ntitle: T\nlanguage: en\naudience: public\nupdated: soon\n---\nText", "no usable updated")]
    [InlineData("---\nid: a\ntitle: T\nlanguage: en\naudience: public\nupdated: 2026-01-01\n---\n", "has no text")]
    public void What_is_wrong_with_a_file_is_said_in_words(string source, string reason)
    {
        var (_, problem) = HelpCentre.Reader.Read("broken.md", Encoding.UTF8.GetBytes(source));

        Assert.StartsWith("broken.md ", problem, StringComparison.Ordinal);
        Assert.Contains(reason, problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Bytes_that_are_not_utf8_and_files_too_large_are_refused()
    {
        Assert.Contains("is not UTF-8", HelpCentre.Reader.Read("a.md", [0xFF, 0xC0, 0x80]).Problem, StringComparison.Ordinal);
        Assert.Contains("larger than", HelpCentre.Reader.Read("a.md", new byte[65_537]).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_markdown_each_statement_is_the_text_at_its_place()
    {
        string[] pieces = ["# Head\n", "word ", "**bold** ", "_it_ ", "`code` ", "[a link](https://x.example) ", "![alt](x.png) ", "\\* ", "&amp; ", "&copy; ", "ends. ", "Ends! ", "1. one\n", "- two\n", "> three\n",
            "| a | b |\n| --- | --- |\n| c | d |\n", "```\n", "<div>", "<script>x</script>", "\n", "\n\n", "\r\n", "\t", "ä日本語。", "😀 ", "<b>x", "https://y.example ", "~~~\n", "---\n", "***", "[", "](", "|"];
        for (var seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            var markdown = string.Concat(Enumerable.Range(0, random.Next(1, 40)).Select(_ => pieces[random.Next(pieces.Length)]));
            var article = HelpCentre.Reader.Read("a.md", Encoding.UTF8.GetBytes(HelpCentre.Source("a", markdown))).Article!.Article;
            foreach (var statement in HelpCentre.Article("a", markdown).Passages.SelectMany(p => p.Statements))
                AssertInPlace(statement, article.Markdown, seed);
        }
    }

    [Fact]
    public void Random_bytes_never_crash_the_reader()
    {
        for (var seed = 0; seed < 1_000; seed++)
        {
            var random = new Random(seed);
            var bytes = new byte[random.Next(0, 400)];
            random.NextBytes(bytes);
            HelpCentre.Reader.Read("a.md", [.. Encoding.UTF8.GetBytes(HelpCentre.Source("a", "")), .. bytes]);
            HelpCentre.Reader.Read("a.md", [.. Encoding.UTF8.GetBytes(HelpCentre.Source("a", "")), .. bytes.Select(b => (byte)(b % 96 + 32))]);
        }
    }

    [Theory, InlineData("> "), InlineData("<b>"), InlineData("- "), InlineData("["), InlineData("**a ")]
    public void Nesting_without_end_is_survived(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, 60_000 / piece.Length));

        var (article, problem) = HelpCentre.Reader.Read("a.md", Encoding.UTF8.GetBytes(HelpCentre.Source("a", text)));

        Assert.True(article is not null || problem is not null);
    }

    // Every letter and digit of a statement stands in its stretch of source, in order (table rows repeat the heads of their columns).
    private static void AssertInPlace(Statement statement, string markdown, int seed)
    {
        Assert.True(statement.Offset >= 0 && statement.Length > 0 && statement.Offset + statement.Length <= markdown.Length, $"seed {seed}");
        if (statement.Kind == StatementKind.Row)
            return;
        var at = statement.Offset;
        foreach (var c in statement.Text.Where(c => char.IsAsciiLetterOrDigit(c)))
        {
            at = markdown.IndexOf(c, at, statement.Offset + statement.Length - at);
            Assert.True(at >= 0, $"seed {seed}: '{statement.Text}' is not at its place");
            at++;
        }
    }
}
