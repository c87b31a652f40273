using System.Text.RegularExpressions;
using CustomerService.Nlu;

namespace CustomerService.Host;

/// <summary>Understands the seeded texts by a few words.</summary>
internal static partial class FakeNlu
{
    private static readonly (string Word, double Sentiment)[] Moods =
        [("unacceptable", -0.9), ("furious", -0.9), ("third time", -0.8), ("still", -0.5), ("late", -0.4), ("leider", -0.4), ("thank", 0.6), ("perfect", 0.8), ("merci", 0.6)];

    private static readonly (string Word, string Intent)[] Wants =
        [("refund", "track_refund"), ("invoice", "get_invoice"), ("return", "return_item"), ("cancel", "cancel_order"), ("address", "change_shipping_address"), ("pay", "payment_issue")];

    private static readonly (string Word, string Language)[] Tongues = [("bestellung", "de"), ("commande", "fr"), ("طلبي", "ar")];

    public static Analysis Analyze(string text) => new(
        new(Pick(Tongues, text, "en"), 0.98), [new(Pick(Wants, text, "track_order"), 0.93), new("contact_human_agent", 0.04)], 0.03, Entities(text), Pick(Moods, text, 0.1), 0.8, false);

    private static T Pick<T>((string Word, T Value)[] choices, string text, T otherwise) =>
        choices.Where(c => text.Contains(c.Word, StringComparison.OrdinalIgnoreCase)).Select(c => c.Value).DefaultIfEmpty(otherwise).First();

    private static ImmutableArray<Entity> Entities(string text) =>
        [.. Order().Matches(text).Select(m => Of(EntityKind.OrderId, m)), .. Money().Matches(text).Select(m => Of(EntityKind.Money, m)), .. Email().Matches(text).Select(m => Of(EntityKind.Email, m))];

    private static Entity Of(EntityKind kind, Match match) => new(kind, match.Index, match.Length, match.Value, match.Value, 0.97);

    [GeneratedRegex("QM-[0-9]{6}", RegexOptions.NonBacktracking)]
    private static partial Regex Order();

    [GeneratedRegex("€[0-9]+(?:[.][0-9]{2})?", RegexOptions.NonBacktracking)]
    private static partial Regex Money();

    [GeneratedRegex("[a-z.]+@[a-z]+[.][a-z]+", RegexOptions.NonBacktracking)]
    private static partial Regex Email();
}
