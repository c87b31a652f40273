namespace CustomerService.Nlu;

public sealed class CheckDigitTests
{
    // 7992739871 + check digit 3 is the example everybody computes by hand: doubled from the right 1,7,8,9,3,7,2,9,9,7 sum to 67.
    [Theory, InlineData("79927398713", true), InlineData("79927398710", false), InlineData("4111111111111111", true), InlineData("4111111111111112", false), InlineData("0", false)]
    public void Luhn_accepts_only_the_right_check_digit(string digits, bool valid) => Assert.Equal(valid, CheckDigits.Luhn(digits));

    [Fact]
    public void Luhn_sees_every_single_wrong_digit()
    {
        const string number = "5555555555554444";
        for (var i = 0; i < number.Length; i++)
        {
            for (var digit = '0'; digit <= '9'; digit++)
                Assert.Equal(digit == number[i], CheckDigits.Luhn(number.Remove(i, 1).Insert(i, digit.ToString())));
        }
    }

    [Theory, InlineData("GB82WEST12345698765432", true), InlineData("DE89370400440532013000", true), InlineData("FR1420041010050500013M02606", true), InlineData("GB82WEST12345698765433", false)]
    public void Mod_97_accepts_only_the_right_check_digits(string iban, bool valid) => Assert.Equal(valid, CheckDigits.Mod97(iban));

    [Fact]
    public void Mod_97_agrees_with_arithmetic_on_the_whole_number()
    {
        const string account = "370400440532013000";
        // D is 13 and E is 14; the check digits are 98 less the remainder with 00 in their place.
        var check = 98 - System.Numerics.BigInteger.Parse(account + "131400") % 97;

        Assert.True(CheckDigits.Mod97($"DE{check:00}{account}"));
    }

    [Theory, InlineData("473124829", true), InlineData("473124828", false)]
    public void A_postal_parcel_number_has_a_check_digit(string digits, bool valid) => Assert.Equal(valid, CheckDigits.S10(digits));

    [Theory, InlineData("999AA10123456784", true), InlineData("999AA10123456785", false)]
    public void A_ups_number_has_a_check_digit(string digits, bool valid) => Assert.Equal(valid, CheckDigits.Ups(digits));
}
