namespace CustomerService.Nlu;

public sealed class OwnEntityTests
{
    private static readonly EntityRecogniser s_recogniser = EntityRecogniser.Load(ModelFiles.Path("entities", "entities.bin"));
    private static readonly DateTimeOffset s_now = new(2026, 3, 11, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("my policy is KV-12-3345", "KV-12-3345"), InlineData("policy KV-99-0001, thanks", "KV-99-0001"), InlineData("policy kv-12-3345", null), InlineData("KV-1-33", null)]
    public void A_tenants_pattern_is_found_as_it_says(string text, string? value) => Assert.Equal(value, Own(text, Pattern(@"\bKV-\d{2}-\d{4}\b")).SingleOrDefault()?.Value);

    [Fact]
    public void A_group_called_value_is_the_entity()
    {
        var found = Own("meter: 4711, please", Pattern(@"(?i)meter:? (?<value>\d+)")).Single();

        Assert.Equal(("policy", 7, "4711"), (found.Name, found.Offset, found.Value));
    }

    [Theory]
    [InlineData("does the AERO 3 pro come in red?", "Aero 3 Pro"), InlineData("the a3p please", "Aero 3 Pro"), InlineData("an aero, not the 3 pro", "Aero"), InlineData("aerobic shoes", null)]
    public void A_value_on_a_list_is_found_in_any_of_its_forms_as_whole_words_and_the_longest_wins(string text, string? value) =>
        Assert.Equal(value, Own(text, new OwnEntity("product", null, [new("Aero 3 Pro", ["A3P"]), new("Aero", [])], false)).SingleOrDefault()?.Value);

    [Fact]
    public void What_the_tenant_describes_wins_over_what_it_would_have_been_taken_for()
    {
        Assert.Equal(EntityKind.OrderId, Find("order 4711-0815").Single().Kind);

        Assert.Equal((EntityKind.Own, "policy"), Own("order 4711-0815", Pattern(@"\d{4}-\d{4}")).Select(e => (e.Kind, e.Name)).Single());
    }

    [Theory]
    [InlineData("entities.pattern_invalid", "("), InlineData("entities.pattern_invalid", @"(?=x)y"), InlineData("entities.pattern_invalid", @"(a)\1"), InlineData("entities.pattern_invalid", @"((a{0,900}){0,900}){0,900}b")]
    [InlineData("entities.pattern_empty", "a*"), InlineData("entities.empty", null)]
    public void A_pattern_that_is_none_or_not_safe_is_refused(string code, string? pattern) => Assert.Equal(code, Code(Pattern(pattern)));

    [Theory, InlineData("Policy"), InlineData(""), InlineData("1st"), InlineData("a b")]
    public void A_name_has_a_form(string name) => Assert.Equal("entities.name_invalid", Code(Pattern("x") with { Name = name }));

    [Fact]
    public void What_is_too_much_or_ambiguous_is_refused()
    {
        Assert.Equal("entities.pattern_invalid", Code(Pattern(new string('a', 301))));
        Assert.Equal("entities.name_twice", Code(Pattern("a"), Pattern("b")));
        Assert.Equal("entities.too_many", Code([.. Enumerable.Range(0, 51).Select(i => Pattern("a") with { Name = "a" + i })]));
        Assert.Equal("entities.values_invalid", Code(new OwnEntity("a", null, [new(" ", [])], false)));
        Assert.Equal("entities.values_invalid", Code(new OwnEntity("a", null, [.. Enumerable.Range(0, 5001).Select(i => new OwnEntityValue("v" + i, []))], false)));
        Assert.Equal("entities.form_twice", Code(new OwnEntity("a", null, [new("x", ["same"]), new("y", ["Same"])], false)));
    }

    [Fact]
    public void A_pattern_that_would_backtrack_for_ever_takes_no_longer_than_another()
    {
        var text = new string('a', EntityRecogniser.MaxCharacters - 1) + "!";

        Assert.Empty(Own(text, Pattern("(a+)+b")));
    }

    [Fact]
    public void Of_a_text_full_of_matches_only_the_first_are_found() =>
        Assert.Equal(OwnEntities.MaxFound, Own(new string('7', EntityRecogniser.MaxCharacters), Pattern(@"\d")).Count());

    private static OwnEntity Pattern(string? pattern) => new("policy", pattern, [], true);

    private static string? Code(params ImmutableArray<OwnEntity> entities) => OwnEntities.Create(entities).Refusal?.Code;

    private static ImmutableArray<Entity> Find(string text, OwnEntities? own = null) => s_recogniser.Find(text, new(s_now, "en", "US", own));

    private static IEnumerable<Entity> Own(string text, params ImmutableArray<OwnEntity> entities) =>
        Find(text, OwnEntities.Create(entities).ValueOrThrow()).Where(entity => entity.Kind == EntityKind.Own);
}
