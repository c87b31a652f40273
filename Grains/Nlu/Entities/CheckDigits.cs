namespace CustomerService.Nlu;

/// <summary>The published check-digit algorithms that tell a real number from any other.</summary>
internal static class CheckDigits
{
    /// <summary>Luhn (ISO/IEC 7812-1 annex B), for payment cards.</summary>
    public static bool Luhn(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var digit = digits[^(i + 1)] - '0';
            if (i % 2 == 1)
                digit = digit > 4 ? digit * 2 - 9 : digit * 2;
            sum += digit;
        }

        return digits.Length > 1 && sum % 10 == 0;
    }

    /// <summary>Mod 97 (ISO 7064 MOD 97-10 as ISO 13616 applies it), for an IBAN without spaces, in capitals.</summary>
    public static bool Mod97(ReadOnlySpan<char> iban)
    {
        var remainder = 0;
        for (var i = 0; i < iban.Length; i++)
        {
            var c = iban[(i + 4) % iban.Length];
            remainder = char.IsAsciiDigit(c) ? (remainder * 10 + c - '0') % 97 : (remainder * 100 + c - 'A' + 10) % 97;
        }

        return remainder == 1;
    }

    /// <summary>The check digit of a parcel number of the Universal Postal Union (S10), given its first eight digits and that digit.</summary>
    public static bool S10(ReadOnlySpan<char> nineDigits)
    {
        ReadOnlySpan<int> weights = [8, 6, 4, 2, 3, 5, 9, 7];
        var sum = 0;
        for (var i = 0; i < weights.Length; i++)
            sum += (nineDigits[i] - '0') * weights[i];
        var check = 11 - sum % 11;
        return nineDigits[8] - '0' == (check switch { 10 => 0, 11 => 5, _ => check });
    }

    /// <summary>The check digit of a UPS number, given what follows its "1Z", in capitals.</summary>
    public static bool Ups(ReadOnlySpan<char> sixteen)
    {
        var sum = 0;
        for (var i = 0; i < 15; i++)
        {
            var value = char.IsAsciiDigit(sixteen[i]) ? sixteen[i] - '0' : (sixteen[i] - '?') % 10;
            sum += i % 2 == 1 ? value * 2 : value;
        }

        return char.IsAsciiDigit(sixteen[15]) && (10 - sum % 10) % 10 == sixteen[15] - '0';
    }
}
