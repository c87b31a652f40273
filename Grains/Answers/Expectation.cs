using System.Text.RegularExpressions;
using CustomerService.Knowledge;

namespace CustomerService.Answers;

/// <summary>What form an answer has: an amount of money for "how much", a time for "how long".</summary>
[Flags]
internal enum AnswerForms
{
    None = 0,
    Money = 1,
    Time = 2,
    Address = 4,
    Place = 8,
}

/// <summary>Tells which form a question expects and which a statement has, in English, German, French and Spanish.</summary>
internal static partial class Expectation
{
    private const int Timeout = 1_000;

    public static AnswerForms Of(string question)
    {
        var text = string.Join(' ', Words.Split(question));
        return (MoneyAsked().IsMatch(text) ? AnswerForms.Money : AnswerForms.None)
            | (TimeAsked().IsMatch(text) ? AnswerForms.Time : AnswerForms.None)
            | (AddressAsked().IsMatch(text) ? AnswerForms.Address : AnswerForms.None)
            | (PlaceAsked().IsMatch(text) ? AnswerForms.Place : AnswerForms.None);
    }

    public static AnswerForms In(string statement)
    {
        var text = string.Join(' ', Words.Split(statement));
        return (MoneySaid().IsMatch(statement) ? AnswerForms.Money : AnswerForms.None)
            | (TimeSaid().IsMatch(text) ? AnswerForms.Time : AnswerForms.None)
            | (AddressSaid().IsMatch(statement) ? AnswerForms.Address : AnswerForms.None)
            | (statement.AsSpan().ContainsAny("\"„“«»") ? AnswerForms.Place : AnswerForms.None);
    }

    [GeneratedRegex(@"\b(how much|costs?|prices?|fees?|charges?|expensive|cheap|kostet|kosten|preise?|wie ?viel|teuer|combien ca|combien coute|coutent|coute|prix|tarifs?|frais|cuanto cuesta|cuestan?|precios?|gastos)\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex MoneyAsked();

    [GeneratedRegex(@"\b(how (long|fast|quick|quickly|soon|many days)|when|what time|until|by when|delivery time|hours|days|wie lange|wann|bis wann|dauert|dauer|combien de (temps|jours)|quand|delais?|cuanto (tiempo|tarda)|cuando|tardan?|cuantos dias|plazos?)\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex TimeAsked();

    [GeneratedRegex(@"\b(e ?mail|mail address|phone|telephone|call|number|telefon|telefonnummer|anrufen|telephoner|appeler|numero|telefono|llamar|forward)\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex AddressAsked();

    [GeneratedRegex(@"\b(where|how (do|can|to)|wo|wie (kann|finde)|ou|comment|donde|como)\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex PlaceAsked();

    [GeneratedRegex(@"[€£$]\s?\d|\d\s?[€£$]|\b(CHF|NOK|EUR|GBP|USD|SEK|DKK|PLN)\b|\b(free|kostenlos|gratuit|gratuite|gratis)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex MoneySaid();

    [GeneratedRegex(@"\b\d+(\.\d+)? (bis |to |a |et |und )?(\d+ )?(working |business )?(minutes?|hours?|days?|weeks?|months?|years?|minuten|stunden?|tagen?|werktagen?|arbeitstagen?|wochen|monaten?|jahren?|heures?|jours?|semaines?|mois|ans|annees?|minutos|horas?|dias?|semanas?|mes(es)?|anos?)\b|\b(same|next) (working )?day\b|\b\d\d 00\b|\b(at once|immediately|sofort|tout de suite|until|before)\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex TimeSaid();

    [GeneratedRegex(@"\S@\S|\+\d\d|\w\.example\b|https?://|www\.", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex AddressSaid();
}
