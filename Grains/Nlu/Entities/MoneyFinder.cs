using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds amounts with their currency.</summary>
internal static partial class MoneyFinder
{
    private const string Amount = @"\d{1,3}(?:[., '\u00A0\u202F]\d{3}){1,4}(?:[.,]\d{1,2})?(?!\d)|\d{1,12}(?:[.,]\d{1,2})?(?:[.,]-)?(?!\d)";
    private const string Codes = "USD|EUR|GBP|CHF|JPY|CNY|RMB|SEK|NOK|DKK|PLN|CZK|HUF|RON|BGN|UAH|RUB|TRY|ILS|INR|KRW|AUD|CAD|NZD|BRL|MXN|ZAR|AED|SAR|EGP|ARS|CLP|COP|PEN|SGD|HKD|TWD|THB|IDR|MYR|PHP|VND|NGN|KES|ISK";
    private const string Words = "dollars?|bucks|cents?|euros?|eur|pounds?|quid|pence|yen|yuan|won|rupees?|francs?|franken|kronor|kroner|kronen|dólares|libras|dollari|sterline|złotych|złote|złoty|zł|zl|kč|korun|lira|liras|tl|kr|reais|real|рубл(?:ей|я|ь)|руб|гривень|гривні|грн|shekels?|ευρώ";

    [GeneratedRegex(@"(?<![\p{L}\p{N}])(?<c>US\$|R\$|A\$|C\$|[$€£¥₹₽₺₴₩₪]|(?:" + Codes + @")(?![\p{L}]))[ \u00A0]?-?(?<n>" + Amount + ")", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.TimeoutMilliseconds)]
    private static partial Regex CurrencyFirst { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}.,#$€£¥\-/])(?<n>" + Amount + @")[ \u00A0]?(?<c>[$€£¥₹₽₺₴₩₪元円원]|(?:" + Codes + "|" + Words + @")(?![\p{L}\p{N}]))", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, Patterns.TimeoutMilliseconds)]
    private static partial Regex AmountFirst { get; }

    private static readonly FrozenDictionary<string, string> s_currencies = Parse(
        "USD:$,us$,dollar,dollars,bucks,cent,cents,dólares,dollari EUR:€,euro,euros,ευρώ GBP:£,pound,pounds,quid,pence,libras,sterline JPY:¥,yen,円 CNY:rmb,yuan,元 KRW:₩,won,원 INR:₹,rupee,rupees " +
        "CHF:franc,francs,franken SEK:kronor PLN:zł,zl,złoty,złote,złotych CZK:kč,korun TRY:₺,tl,lira,liras BRL:r$,real,reais AUD:a$ CAD:c$ RUB:₽,руб,рублей,рубля,рубль UAH:₴,грн,гривень,гривні ILS:₪,shekel,shekels");

    public static void Find(string text, in EntityContext context, List<Candidate> found)
    {
        if (!text.AsSpan().ContainsAnyInRange('0', '9'))
            return;
        foreach (Match match in CurrencyFirst.Matches(text))
            Add(match, context, found);
        foreach (Match match in AmountFirst.Matches(text))
            Add(match, context, found);
    }

    private static void Add(Match match, in EntityContext context, List<Candidate> found)
    {
        var word = match.Groups["c"].Value.ToLowerInvariant();
        if (NumberText.Amount(match.Groups["n"].ValueSpan) is not { } amount || CurrencyOf(word, context) is not { } currency)
            return;
        if (word is "cent" or "cents" or "pence")
            amount /= 100;
        found.Add(new(EntityKind.Money, match.Index, match.Length, string.Create(CultureInfo.InvariantCulture, $"{amount:0.00} {currency}"), 0.95));
    }

    private static string? CurrencyOf(string word, in EntityContext context) => word switch
    {
        "kr" or "kroner" or "kronen" => context.Language switch { "sv" => "SEK", "no" => "NOK", "da" => "DKK", _ => context.Country switch { "NO" => "NOK", "DK" => "DKK", _ => "SEK" } },
        "¥" when context.Language == "zh" || context.Country == "CN" => "CNY",
        "$" => context.Country switch { "CA" => "CAD", "AU" => "AUD", "NZ" => "NZD", "MX" => "MXN", _ => "USD" },
        "cent" or "cents" when context.Language == "de" => "EUR",
        _ => s_currencies.TryGetValue(word, out var currency) ? currency : word.Length == 3 && word.All(char.IsAsciiLetter) ? word.ToUpperInvariant() : null,
    };

    private static FrozenDictionary<string, string> Parse(string table) => (
        from entry in table.Split(' ')
        let colon = entry.IndexOf(':', StringComparison.Ordinal)
        from word in entry[(colon + 1)..].Split(',')
        select (word, Currency: entry[..colon])).ToFrozenDictionary(pair => pair.word, pair => pair.Currency);
}
