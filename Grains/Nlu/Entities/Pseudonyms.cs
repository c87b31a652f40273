namespace CustomerService.Nlu;

/// <summary>Invents values for one text in the place of personal ones. Only the form of the old value is looked at.</summary>
internal sealed class Pseudonyms
{
    private static readonly string[] s_first = "Alex Robin Kim Sascha Noor Jamie Dana Toni Rene Mika Charlie Andrea Kaya Luca Sam Nikita".Split(' ');
    private static readonly string[] s_last = "Field Brook Vale Marsh Ridge Shore Glen Heath Moor Dale Holm Lund Berg Wood Ford Lake".Split(' ');
    private static readonly string[] s_towns = "Northfield Eastbrook Westvale Southmoor Newbridge Oldham Fairwater Longmead".Split(' ');
    private static readonly string[] s_companies = "Alpha Beta Gamma Delta Epsilon Zeta Eta Theta".Split(' ');

    private readonly Random _random;
    private int _people;
    private int _companies;
    private int _addresses;

    public Pseudonyms(Random random)
    {
        _random = random;
        (_people, _companies, _addresses) = (random.Next(s_first.Length), random.Next(s_companies.Length), random.Next(s_towns.Length));
    }

    public string Invent(Entity entity) => entity.Kind switch
    {
        EntityKind.Person => Person(hasSurname: entity.Value.Contains(' ', StringComparison.Ordinal)),
        EntityKind.Company => $"{s_companies[_companies++ % s_companies.Length]} Company",
        EntityKind.Address => Address(hasNumber: entity.Value.Any(char.IsAsciiDigit)),
        EntityKind.Email => $"person{_random.Next(1000, 10000)}@example.com",
        EntityKind.Url => $"https://example.com/{_random.Next(1000, 10000)}",
        _ => OfTheSameShape(entity.Text),
    };

    // Steps through the lists, so that two people of one text stay two.
    private string Person(bool hasSurname) => s_first[_people++ % s_first.Length] + (hasSurname ? " " + s_last[_random.Next(s_last.Length)] : "");

    private string Address(bool hasNumber) => (hasNumber ? $"{_random.Next(1, 100)} Example Street, " : "") + s_towns[_addresses++ % s_towns.Length];

    private string OfTheSameShape(string text) => string.Create(text.Length, (_random, text), static (shape, state) =>
    {
        for (var i = 0; i < shape.Length; i++)
        {
            shape[i] = state.text[i] switch
            {
                var c when char.IsDigit(c) => (char)('0' + state._random.Next(10)),
                var c when char.IsUpper(c) => (char)('A' + state._random.Next(26)),
                var c when char.IsLetter(c) => (char)('a' + state._random.Next(26)),
                var c => c,
            };
        }
    });
}
