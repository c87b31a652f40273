namespace CustomerService.Nlu;

public sealed class TextFileTests
{
    [Theory]
    [InlineData("a.CSV", TextFormat.Csv), InlineData("a.tsv", TextFormat.Tsv), InlineData("a.jsonl", TextFormat.JsonLines), InlineData("a.ndjson", TextFormat.JsonLines)]
    [InlineData("a.txt", TextFormat.Lines), InlineData("a", TextFormat.Lines)]
    public void The_name_tells_the_format(string name, TextFormat format) => Assert.Equal(format, TextFile.FormatOf(name));

    [Theory]
    [InlineData(TextFormat.Csv, "\uFEFFIntent,Text\r\na,\"one, \"\"two\"\"\nthree\"\r\nb,four\r\n")]
    [InlineData(TextFormat.JsonLines, "{\"text\":\"one, \\\"two\\\"\\nthree\",\"label\":\"a\"}\r\n\r\n{\"category\":\"b\",\"utterance\":\"four\"}")]
    public void Texts_and_intents_are_found_whatever_order_and_name_their_columns_have(TextFormat format, string content) =>
        Assert.Equal([new TextLine("one, \"two\"\nthree", "a"), new TextLine("four", "b")], TextFile.Read(content, format).Value);

    [Fact]
    public void Tabs_separate_and_quotation_marks_are_text() =>
        Assert.Equal([new TextLine("say \"hi\", please", "a")], TextFile.Read("sentence\tintent\nsay \"hi\", please\ta\n", TextFormat.Tsv).Value);

    [Fact]
    public void A_table_without_intents_and_a_short_row_have_texts_all_the_same()
    {
        Assert.Equal([new TextLine("one", null)], TextFile.Read("text\none\n", TextFormat.Csv).Value);
        Assert.Equal([new TextLine("one", null)], TextFile.Read("text,intent\none\n", TextFormat.Csv).Value);
    }

    [Fact]
    public void Plain_lines_are_texts_and_empty_ones_are_none() =>
        Assert.Equal([new TextLine("one", null), new TextLine("two ", null)], TextFile.Read("one\r\n \ntwo \n", TextFormat.Lines).Value);

    [Fact]
    public void A_number_may_be_a_label() => Assert.Equal([new TextLine("one", "7")], TextFile.Read("{\"text\":\"one\",\"label\":7}", TextFormat.JsonLines).Value);

    [Theory, InlineData(TextFormat.Csv), InlineData(TextFormat.Tsv), InlineData(TextFormat.JsonLines), InlineData(TextFormat.Lines)]
    public void An_empty_file_has_no_texts(TextFormat format) => Assert.Empty(TextFile.Read("", format).Value);

    [Theory]
    [InlineData(TextFormat.Csv, "a,b\n1,2\n", "Line 1: ")]
    [InlineData(TextFormat.Csv, "text,intent\none,a\ntwo \"2\" x,b\n", "Line 3: ")]
    [InlineData(TextFormat.JsonLines, "{\"text\":\"one\"}\n[]\n", "Line 2: ")]
    [InlineData(TextFormat.JsonLines, "{\"text\":\"one\"}\n\n{\"text\":\n", "Line 3: ")]
    [InlineData(TextFormat.JsonLines, "{\"text\":{}}", "Line 1: ")]
    public void What_cannot_be_read_is_refused_with_its_line(TextFormat format, string content, string line)
    {
        var refusal = TextFile.Read(content, format).Refusal;

        Assert.Equal("texts.unreadable", refusal?.Code);
        Assert.StartsWith(line, refusal!.Detail, StringComparison.Ordinal);
    }
}
