namespace CustomerService.Knowledge;

public sealed class ArticleFolderTests : IDisposable
{
    private readonly HelpCentre _help = new();

    [Fact]
    public void Folders_are_sections_and_the_language_folder_is_none()
    {
        _help.Write("en/delivery/norway.md", HelpCentre.Source("norway", "To Norway it takes 5 days."));
        _help.Write("returns/how.md", HelpCentre.Source("how", "Send it back to us."));

        var state = _help.Folder.Read();

        Assert.Equal(["delivery", "returns"], state.Articles.Select(a => a.Article.Section).Order());
        Assert.Empty(state.Problems);
    }

    [Fact]
    public void A_broken_file_is_reported_and_the_others_are_read()
    {
        _help.Write("good.md", HelpCentre.Source("good", "All is well here."));
        _help.Write("bad.md", "no front matter");
        _help.Write("twin.md", HelpCentre.Source("good", "The same id again."));

        var state = _help.Folder.Read();

        Assert.Equal("good", Assert.Single(state.Articles).Article.Id.Value);
        Assert.Equal(2, state.Problems.Length);
        Assert.Contains(state.Problems, p => p.Contains("twin.md has the same id as good.md", StringComparison.Ordinal));
    }

    [Fact]
    public void Only_what_changed_is_read_again()
    {
        _help.Write("a.md", HelpCentre.Source("a", "First text of a."));
        _help.Write("b.md", HelpCentre.Source("b", "Text of b stays."));
        var folder = _help.Folder;
        var before = folder.Read();
        Assert.False(folder.Read().Changed);

        _help.Write("a.md", HelpCentre.Source("a", "Second text of a, longer."));
        var after = folder.Read();

        Assert.True(after.Changed);
        Assert.Same(Find(before, "b"), Find(after, "b"));
        Assert.NotEqual(Find(before, "a").Article.Version, Find(after, "a").Article.Version);
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_problem_not_a_fault()
    {
        var state = new ArticleFolder(Path.Combine(_help.Path, "nowhere"), HelpCentre.Reader, 10, 1_000).Read();

        Assert.Contains("does not exist", Assert.Single(state.Problems), StringComparison.Ordinal);
    }

    public void Dispose() => _help.Dispose();

    private static IndexedArticle Find(FolderState state, string id) => state.Articles.Single(a => a.Article.Id.Value == id);
}
