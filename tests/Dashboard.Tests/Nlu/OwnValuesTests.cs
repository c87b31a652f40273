namespace CustomerService.Nlu;

public sealed class OwnValuesTests
{
    [Fact]
    public void What_is_written_is_read_again()
    {
        const string text = "Aero 3 Pro | A3P | aero three\nAero, small";

        var values = OwnValues.Read(text);

        Assert.Equal(text, OwnValues.Write(values));
        Assert.Equal(["A3P", "aero three"], values[0].Forms);
    }

    [Fact]
    public void Empty_lines_and_blanks_do_not_count() => Assert.Equal("Aero", OwnValues.Write(OwnValues.Read("\r\n  \n Aero | \r\n | ")));

    [Theory]
    [InlineData("Aero 3\nAero 4\n", "Aero 3/Aero 4"), InlineData("Aero 3,A3\nAero 4,A4,\n", "Aero 3 | A3/Aero 4 | A4"), InlineData("Aero, small;A\n", "Aero | small;A")]
    [InlineData("Aero; small\n", "Aero | small"), InlineData("\"Aero, small\",\"the \"\"A\"\"\"\r\n", "Aero, small | the \"A\""), InlineData("Aero, big\tAB\n", "Aero | big\tAB"), InlineData("Aero\tAB, C\n", "Aero | AB, C"), InlineData("", "")]
    public void A_file_has_a_value_a_line_and_other_forms_in_further_columns(string content, string expected) =>
        Assert.Equal(expected.Replace('/', '\n'), OwnValues.Write(OwnValues.ReadFile(content)));
}
