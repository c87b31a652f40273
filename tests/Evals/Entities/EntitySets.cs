using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>An entity that should be found; no value means that only the place counts.</summary>
internal sealed record ExpectedEntity(EntityKind Kind, int Offset, int Length, string? Value = null);

/// <summary>A text and what should be found in it.</summary>
internal sealed record EntityCase(string Text, EntityContext Context, List<ExpectedEntity> Expected);

/// <summary>The annotated texts that entities are measured on; the tagger learnt from none of them.</summary>
internal static class EntitySets
{
    // A Wednesday; the support sentences count from it.
    public static readonly DateTimeOffset Now = new(2026, 3, 11, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Texts of presidio-research whose templates the trainer leaves out (models/train/EntityData.cs has the same rule).</summary>
    public static IEnumerable<EntityCase> Presidio(string data)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(data, "presidio-research", "generated_large.json")));
        foreach (var item in document.RootElement.EnumerateArray().Where(item => item.GetProperty("template_id").GetInt32() % 5 == 3))
        {
            var text = item.GetProperty("full_text").GetString()!;
            var spans = from span in item.GetProperty("spans").EnumerateArray()
                        let kind = KindOf(span.GetProperty("entity_type").GetString()!)
                        let offset = span.GetProperty("start_position").GetInt32()
                        where kind is not null && !IsTitle(span.GetProperty("entity_value").GetString()!)
                        orderby offset
                        select new ExpectedEntity(kind.Value, offset, span.GetProperty("end_position").GetInt32() - offset);
            yield return new(text, new(Now, "en", "US"), JoinAddresses(text, spans.Select(span => WithoutTitle(text, span))));
        }
    }

    private static EntityKind? KindOf(string type) => type switch
    {
        "PERSON" => EntityKind.Person,
        "ADDRESS" or "LOCATION" => EntityKind.Address,
        "ORGANIZATION" => EntityKind.Company,
        "CREDIT_CARD" => EntityKind.Card,
        "PHONE_NUMBER" => EntityKind.Phone,
        "EMAIL_ADDRESS" => EntityKind.Email,
        "IBAN_CODE" => EntityKind.Iban,
        "DOMAIN_NAME" => EntityKind.Url,
        "DATE_TIME" => EntityKind.Date,
        "IP_ADDRESS" => EntityKind.IpAddress,
        "US_SSN" or "US_DRIVER_LICENSE" => EntityKind.NationalId,
        _ => null,
    };

    private static bool IsTitle(string value) => value is "Mr." or "Mrs." or "Ms." or "Miss" or "Dr." || value.Length <= 4 && value.EndsWith('.');

    // One template has "Ms." within the name, the others leave it out.
    private static ExpectedEntity WithoutTitle(string text, ExpectedEntity span) =>
        text.AsSpan(span.Offset, span.Length).IndexOf(". ", StringComparison.Ordinal) is var stop and > 0 and < 4 && span.Kind == EntityKind.Person
            ? span with { Offset = span.Offset + stop + 2, Length = span.Length - stop - 2 }
            : span;

    // Some templates annotate house number, street, town and country apart and some together; together is what an address is.
    private static List<ExpectedEntity> JoinAddresses(string text, IEnumerable<ExpectedEntity> spans)
    {
        var joined = new List<ExpectedEntity>();
        foreach (var span in spans)
        {
            var isContinued = joined.Count > 0 && joined[^1].Kind == EntityKind.Address && span.Kind == EntityKind.Address
                && text[(joined[^1].Offset + joined[^1].Length)..span.Offset] is { Length: <= 4 } gap && gap.All(c => " ,\n\r>-".Contains(c, StringComparison.Ordinal));
            if (isContinued)
                joined[^1] = joined[^1] with { Length = span.Offset + span.Length - joined[^1].Offset };
            else
                joined.Add(span);
        }

        return joined;
    }

    /// <summary>Our own sentences, <c>tests/Evals/Entities/support.jsonl</c>.</summary>
    public static IEnumerable<EntityCase> Support(string root)
    {
        foreach (var line in File.ReadLines(Path.Combine(root, "tests/Evals/Entities/support.jsonl")))
        {
            using var document = JsonDocument.Parse(line);
            var item = document.RootElement;
            var expected = from entity in item.GetProperty("entities").EnumerateArray()
                           select new ExpectedEntity(Enum.Parse<EntityKind>(entity.GetProperty("kind").GetString()!), entity.GetProperty("offset").GetInt32(),
                               entity.GetProperty("length").GetInt32(), entity.TryGetProperty("value", out var value) ? value.GetString() : null);
            yield return new(item.GetProperty("text").GetString()!, new(Now, item.GetProperty("language").GetString()!, item.GetProperty("country").GetString()), [.. expected]);
        }
    }

    /// <summary>Texts of the support set with an order id; the set's own offsets, since its values lost leading zeros.</summary>
    public static IEnumerable<EntityCase> OrderIds(string data)
    {
        using var reader = new CsvReader(new StreamReader(Path.Combine(data, "bitext-customer-support", "bitext_2023-08_6480_entities.csv")), CultureInfo.InvariantCulture);
        reader.Read();
        reader.ReadHeader();
        while (reader.Read())
        {
            if (reader.GetField("entity_type") == "order_id" && reader.GetField<int?>("start_offset") is { } start && reader.GetField<int?>("end_offset") is { } end)
                yield return new(reader.GetField("instruction")!, new(Now, "en"), [new(EntityKind.OrderId, start, end - start)]);
        }
    }
}
