using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>What a number is announced to be.</summary>
internal enum KeywordKind { None, Order, Sku, Tracking, Phone, Card, Other }

/// <summary>Words before or after a number that say what it is, in the languages with most contacts.</summary>
internal static partial class Keywords
{
    private const int Reach = 48;

    private const string OrderWords = @"(?:purchase[ \-]?)?orders?|purchases?|bestell(?:ung(?:en)?|nummer|nr|-nr)|auftrag(?:s?(?:nummer|nr|-nr))?|commandes?|pedidos?|compra|encomendas?|ordin[ei]|bestelling(?:en)?|bestelnummer|ordernummer|beställning(?:en)?|ordren?|ordrenummer|bestilling(?:en)?|tilau(?:s|ksen|snumero)|tilausnumero|zamówieni[ea]|objednávk[auy]|sipariş(?:im|i|in)?|заказ[ау]?|замовлення|注文(?:番号)?|订单号?|訂單號?|주문(?:번호)?|παραγγελία(?:ς)?|הזמנה|طلب(?:ي|رقم)?|ऑर्डर";
    private const string SkuWords = @"skus?|item(?: (?:number|no|code))?|article(?: (?:number|no))?|part(?: (?:number|no))|product(?: (?:number|no|code|id))|model(?: (?:number|no))?|artikel(?:nummer|nr|-nr)|modell(?:nummer)?|référence|réf|ref(?:erencia)? del producto|código del producto|codice(?: articolo| prodotto)|artikelnummer|varenummer|tuotenumero|artikul|артикул";
    private const string TrackingWords = @"tracking(?:[ \-]?(?:number|no|code|id))?|trackingnummer|shipment(?: number)?|parcel number|consignment(?: number)?|sendungs(?:nummer|nr|verfolgung|verfolgungsnummer)|paketnummer|numéro de suivi|suivi|seguimiento|guía|rastreio|rastreamento|tracciamento|track ?(?:and|&) ?trace(?:-?code)?|kollinummer|spårningsnummer|sporingsnummer|numer przesyłki|śledzenia|takip(?: numarası| no)?|waybill|awb|трек(?:-?номер)?";
    private const string PhoneWords = @"phone(?: number)?|tel|telephone|call(?:ed|ing)?|ring|dial|answering(?: at| on)?|mobile|cell(?:phone)?|fax|whatsapp|sms|text me(?: at| on)?|reach me(?: at| on)?|telefon(?:nummer)?|handy(?:nummer)?|rufnummer|anrufen|erreichbar|téléphone|portable|teléfono|móvil|celular|telefone|telemóvel|telefono|cellulare|telefoonnummer|mobiel|puhelin(?:numero)?|numer telefonu|numara(?:m)?|телефон|номер телефона|電話(?:番号)?|电话|手机";
    private const string CardWords = @"(?:credit|debit|bank)?[ \-]?cards?(?: number)?|cc|visa|master ?card|amex|american express|kredit ?karten?(?:nummer)?|carte(?: bancaire| de crédit)?|tarjeta|cartão|carta di credito|creditcard|kreditkort|karta|kart(?:ım|ı)?|карт[ауы]";
    private const string OtherWords = @"case|ticket|invoice|rechnung(?:s?(?:nummer|nr))?|facture|factura|fatura|fattura|account(?: number)?|customer(?: number)?|kunden(?:nummer|nr)|iban|ssn|social security(?: number)?|license(?: number)?|zip(?: code)?|postal code|postcode|plz|pin(?: code)?|id number|passport";

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?:(?<o>" + OrderWords + ")|(?<t>" + TrackingWords + ")|(?<s>" + SkuWords + ")|(?<p>" + PhoneWords + ")|(?<c>" + CardWords + ")|(?<x>" + OtherWords + @"))(?![\p{L}\p{N}])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Patterns.TimeoutMilliseconds)]
    private static partial Regex Words { get; }

    // Text without spaces between words: the announcing word touches its neighbours.
    [GeneratedRegex("注文(?:番号)?|订单|訂單|주문", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex OrderWithoutSpaces { get; }

    /// <summary>The nearest keyword before a place, in the same sentence and at most six words away.</summary>
    public static KeywordKind Before(string text, int index)
    {
        var start = Math.Max(0, index - Reach);
        var window = text.AsSpan(start, index - start);
        var end = window.LastIndexOfAny('\n', '!', '?');
        if (window.LastIndexOf(". ", StringComparison.Ordinal) is var stop && stop > end && !EndsAbbreviation(window[..stop]))
            end = stop;
        return Last(window[(end + 1)..]);
    }

    /// <summary>The keyword in "… is my order number", after a number.</summary>
    public static KeywordKind After(string text, int index)
    {
        var window = text.AsSpan(index, Math.Min(30, text.Length - index));
        if (window.IndexOfAny('.', '\n', ',') is >= 0 and var end)
            window = window[..end];
        return window.TrimStart().StartsWith("is ", StringComparison.OrdinalIgnoreCase) || window.TrimStart().StartsWith("ist ", StringComparison.OrdinalIgnoreCase)
            || window.TrimStart().StartsWith("es ", StringComparison.OrdinalIgnoreCase) || window.TrimStart().StartsWith("est ", StringComparison.OrdinalIgnoreCase)
            ? Last(window)
            : KeywordKind.None;
    }

    /// <summary>True when a text is nothing but a keyword: "Bestellnummer" looks like a name and is none.</summary>
    public static bool IsKeyword(ReadOnlySpan<char> text)
    {
        foreach (var match in Words.EnumerateMatches(text))
            return match.Length == text.Length;
        return false;
    }

    private static bool EndsAbbreviation(ReadOnlySpan<char> text) =>
        text.EndsWith("no", StringComparison.OrdinalIgnoreCase) || text.EndsWith("nr", StringComparison.OrdinalIgnoreCase) || text.EndsWith("tel", StringComparison.OrdinalIgnoreCase)
        || text.EndsWith("num", StringComparison.OrdinalIgnoreCase) || text.EndsWith("n°", StringComparison.OrdinalIgnoreCase) || text.EndsWith("ref", StringComparison.OrdinalIgnoreCase);

    private static KeywordKind Last(ReadOnlySpan<char> window)
    {
        var kind = KeywordKind.None;
        foreach (var match in Words.EnumerateMatches(window))
        {
            if (window[(match.Index + match.Length)..].Count(' ') <= 6)
                kind = KindOf(window.Slice(match.Index, match.Length).ToString());
        }

        return kind == KeywordKind.None && OrderWithoutSpaces.IsMatch(window) ? KeywordKind.Order : kind;
    }

    private static KeywordKind KindOf(string word)
    {
        var match = Words.Match(word);
        return match.Groups["o"].Success ? KeywordKind.Order
            : match.Groups["t"].Success ? KeywordKind.Tracking
            : match.Groups["s"].Success ? KeywordKind.Sku
            : match.Groups["p"].Success ? KeywordKind.Phone
            : match.Groups["c"].Success ? KeywordKind.Card
            : KeywordKind.Other;
    }
}
