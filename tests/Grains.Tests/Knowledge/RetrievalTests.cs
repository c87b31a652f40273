namespace CustomerService.Knowledge;

public sealed class RetrievalTests
{
    private static readonly KnowledgeIndex _index = HelpCentre.Index(
        HelpCentre.Article("delivery", HelpCentre.Delivery, title: "Delivery"),
        HelpCentre.Article("cancel", "You can cancel an order until it is packed.", title: "Cancel an order"),
        HelpCentre.Article("secret", "Agents may cancel a packed order with code X9.", audience: "agent", title: "Cancel after packing"),
        HelpCentre.Article("storno", "Sie können eine Bestellung stornieren, bis sie verpackt ist.", language: "de", title: "Bestellung stornieren"),
        HelpCentre.Article("ja", "注文は発送前にキャンセルできます。", language: "ja", title: "注文のキャンセル"));

    [Theory]
    [InlineData("how do I cancel", "en", "cancel")]
    [InlineData("cancelling my oder", "en", "cancel")]
    [InlineData("shipping time to norway", "en", "delivery")]
    [InlineData("Stornierung der Bestellungen", "de", "storno")]
    [InlineData("キャンセルしたい", "ja", "ja")]
    public void Words_are_found_in_all_their_forms(string question, string language, string article)
    {
        Assert.Equal(article, Best(question, language)?.Passage.Source.Passage.Article.Value);
    }

    [Fact]
    public void A_contact_never_finds_what_is_for_agents()
    {
        var index = _index.In("en")!;
        var question = index.Read("cancel a packed order code X9", model: null);

        Assert.DoesNotContain(Retriever.Search(index, question, Audience.Public), c => c.Passage.Source.Audience == Audience.Agent);
        Assert.Equal("secret", Retriever.Search(index, question, Audience.Agent)[0].Passage.Source.Passage.Article.Value);
    }

    [Theory, InlineData("cafe", "Café"), InlineData("strasse", "STRAẞE"), InlineData("strasse", "Straße"), InlineData("4.90", "€4,90"), InlineData("adresse", "l'adresse")]
    public void Words_are_folded(string word, string text) => Assert.Contains(word, Words.Split(text));

    [Fact]
    public void The_nearest_vectors_come_first()
    {
        float[]?[] vectors = [[1, 0], null, [0.6f, 0.8f], [0, 1]];

        var found = new ExactVectorIndex(vectors).Search([0, 1], count: 2);

        Assert.Equal([3, 2], found.Select(f => f.Id));
        Assert.Equal(0.8f, found[1].Similarity, 3);
    }

    [Fact]
    public void A_newer_article_that_says_another_number_outdates_the_older()
    {
        var old = HelpCentre.Article("old", "You can return an item within 14 days of delivery. The return label is valid for 7 days.", updated: "2024-01-01");
        var @new = HelpCentre.Article("new", "You can return an item within 30 days of delivery. The return label is valid for 14 days.", updated: "2026-01-01");
        var other = HelpCentre.Article("other", "A gift card is valid for 3 years.", updated: "2023-01-01");

        var outdated = HelpCentre.Index(old, @new, other).In("en")!.Outdated;

        Assert.Equal(new ArticleId("new"), Assert.Single(outdated.Articles, a => a.Key.Value == "old").Value);
        Assert.DoesNotContain(outdated.Articles, a => a.Key.Value is "new" or "other");
    }

    [Fact]
    public void Vectors_are_computed_once_in_the_life_of_an_installation()
    {
        using var help = new HelpCentre();
        var first = new WordVectors();
        new VectorCache(first, help.Path).Fill(["one text", "another", "one text"], CancellationToken.None);
        File.AppendAllText(Path.Combine(help.Path, "vectors.bin"), "half a record");

        var second = new WordVectors();
        var cache = new VectorCache(second, help.Path);
        cache.Fill(["another", "a third"], CancellationToken.None);

        Assert.Equal(2, first.Encoded);
        Assert.Equal(1, second.Encoded);
        Assert.NotNull(cache.Find("one text"));
        Assert.NotNull(new VectorCache(new WordVectors(), help.Path).Find("a third"));
    }

    private static PassageHit? Best(string question, string language)
    {
        var index = _index.In(language)!;
        return Retriever.Search(index, index.Read(question, model: null), Audience.Public).FirstOrDefault();
    }
}
