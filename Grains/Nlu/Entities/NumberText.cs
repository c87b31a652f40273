namespace CustomerService.Nlu;

/// <summary>Reads numbers as people write them.</summary>
internal static class NumberText
{
    /// <summary>The ASCII digits of a text, as many as fit.</summary>
    public static ReadOnlySpan<char> DigitsOf(ReadOnlySpan<char> text, Span<char> digits)
    {
        var count = 0;
        foreach (var c in text)
        {
            if (char.IsAsciiDigit(c) && count < digits.Length)
                digits[count++] = c;
        }

        return digits[..count];
    }

    public static int CountDigits(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var c in text)
            count += char.IsAsciiDigit(c) ? 1 : 0;
        return count;
    }

    /// <summary>An amount with either sign as decimal point: <c>1,234.50</c>, <c>1.234,50</c>, <c>12,5</c>, <c>1 200</c>, <c>99.-</c>.</summary>
    public static decimal? Amount(ReadOnlySpan<char> text)
    {
        var point = text.LastIndexOfAny('.', ',');
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        var isDecimal = point >= 0 && (decimals is 1 or 2 || decimals > 3 && !text[..point].ContainsAny('.', ','));
        decimal value = 0, unit = 1;
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsAsciiDigit(text[i]))
                continue;
            if (value > 1e15m)
                return null;
            value = value * 10 + (text[i] - '0');
            if (isDecimal && i > point)
                unit *= 10;
        }

        return value / unit;
    }
}
