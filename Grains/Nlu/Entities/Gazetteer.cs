using System.Collections.Frozen;

namespace CustomerService.Nlu;

/// <summary>Words that tell the tagger what stands beside them; our own lists.</summary>
internal static class Gazetteer
{
    private static readonly FrozenDictionary<string, byte>.AlternateLookup<ReadOnlySpan<char>> s_words = Build().GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>A number for the kind of word, 0 when it is on no list; the word in lower case.</summary>
    public static int KindOf(ReadOnlySpan<char> lower) =>
        s_words.TryGetValue(lower, out var kind) ? kind
        : lower.Length > 6 && (lower.EndsWith("straße") || lower.EndsWith("strasse") || lower.EndsWith("straat") || lower.EndsWith("gatan") || lower.EndsWith("vägen") || lower.EndsWith("gasse")
            || lower.EndsWith("platz") || lower.EndsWith("vej") || lower.EndsWith("gade") || lower.EndsWith("laan") || lower.EndsWith("weg") || lower.EndsWith("allee") || lower.EndsWith("gata") || lower.EndsWith("veien") || lower.EndsWith("utca") || lower.EndsWith("katu") || lower.EndsWith("plein")) ? 2
        : 0;

    public static bool IsTitle(ReadOnlySpan<char> lower) => lower is "dr" || s_words.TryGetValue(lower, out var kind) && kind == 3; // "Dr" is on the list of streets as well

    /// <summary>Whether a word is a part of names of firms or streets and none by itself.</summary>
    public static bool IsGeneric(ReadOnlySpan<char> lower) => s_words.TryGetValue(lower, out var kind) && kind is 2 or 4 or 8;

    private static FrozenDictionary<string, byte> Build()
    {
        string[] lists =
        [
            // 1: countries, and words of their names that stand for them
            "afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bahamas bahrain bangladesh barbados belarus belgium belize benin bhutan bolivia bosnia botswana brazil brunei bulgaria burundi cambodia cameroon canada chad chile china colombia comoros congo croatia cuba cyprus czechia denmark djibouti dominica ecuador egypt eritrea estonia eswatini ethiopia fiji finland france gabon gambia georgia germany ghana greece grenada guatemala guinea guyana haiti honduras hungary iceland india indonesia iran iraq ireland israel italy jamaica japan jordan kazakhstan kenya kiribati korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya liechtenstein lithuania luxembourg madagascar malawi malaysia maldives mali malta mauritania mauritius mexico micronesia moldova monaco mongolia montenegro morocco mozambique myanmar namibia nauru nepal netherlands nicaragua niger nigeria norway oman pakistan palau palestine panama paraguay peru philippines poland portugal qatar romania russia rwanda samoa senegal serbia seychelles singapore slovakia slovenia somalia spain sudan suriname sweden switzerland syria taiwan tajikistan tanzania thailand togo tonga tunisia turkey turkmenistan tuvalu uganda ukraine uruguay uzbekistan vanuatu vatican venezuela vietnam yemen zambia zimbabwe usa uk england scotland wales swaziland macedonia burma deutschland österreich schweiz frankreich italien spanien england polen niederlande belgien allemagne france autriche suisse espagne italie belgique españa alemania francia italia méxico",
            // 2: words for streets and parts of a building
            "street st road rd avenue ave lane ln drive dr boulevard blvd court ct square terrace place pl crescent close way highway hwy parkway pkwy alley apt apartment suite ste floor flat unit building bldg box house room block rue via calle avenida av straße strasse str platz weg gasse allee rua ulica ul utca út tér ulice plaza piazza viale corso chemin chaussée place impasse quai passage straat laan plein weg gata gate vej väg katu tie street's",
            // 3: titles
            "mr mrs ms miss dr prof sir madam herr frau señor señora sr sra monsieur madame mme mlle signor signora",
            // 4: legal forms and usual ends of company names
            "ltd inc llc gmbh ag corp co plc kg oy ab as sa srl sarl bv nv group company bank solutions systems technologies networks partners sons foundation institute university department studios logistics holdings software foods motors airlines insurance analytics robotics capital freight shipping union hotel hotels school college church museum association chamber council ministry agency clinic pharmacy bakery brewery industries electronics energy media design construction services supply stores traders brothers bros consulting associates trust labs llp pty ltda sl spa srl aps kft ev ohg gbr",
            // 5: words before a name
            "name named called dear hi hello hey regards sincerely cheers thanks am i'm hallo bonjour hola liebe lieber grüße gruß heiße heißt nombre llamo nom m'appelle attention attn contact customer recipient consignee signed from ask speak talk mein my",
            // 6: words before an address or a place
            "address adresse dirección indirizzo live lives living moved move located from to in at near deliver delivered delivery ship shipped send sent wohne nach aus zu chez à habite vivo en office corner street where town city country",
            // 7: days and months, which look like names
            "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz mai juni juli oktober dezember",
            // 8: words of trade, which look like names at the start of a sentence
            "order orders invoice refund account card visa mastercard paypal amex dhl ups fedex hermes usps klarna apple google amazon iphone samsung email phone tracking number delivery payment password",
            // 9 is a number; 10: first names
            "0",
            FirstNames.Words,
            // 11: towns with more than half a million people or more than their share of parcels
            "london manchester birmingham leeds glasgow dublin cardiff bristol edinburgh liverpool belfast boston chicago denver seattle austin dallas houston miami atlanta portland phoenix philadelphia detroit toronto vancouver montreal calgary ottawa sydney melbourne perth brisbane auckland berlin hamburg münchen munich köln cologne frankfurt stuttgart leipzig dresden hannover bremen nürnberg düsseldorf dortmund essen bonn wien vienna graz linz salzburg zürich zurich basel bern genf geneva paris lyon marseille toulouse nantes lille bordeaux nice strasbourg montpellier rennes madrid barcelona valencia sevilla bilbao zaragoza málaga roma rome milano milan napoli naples torino turin firenze florence venezia venice bologna palermo lisboa lisbon porto amsterdam rotterdam utrecht eindhoven brussels bruxelles antwerp antwerpen gent stockholm göteborg malmö oslo bergen copenhagen københavn aarhus helsinki tampere warsaw warszawa kraków gdańsk wrocław poznań praha prague brno budapest athens istanbul ankara izmir kyiv lviv odessa moscow cairo dubai mumbai delhi bangalore chennai kolkata tokyo osaka kyoto seoul busan beijing shanghai shenzhen taipei singapore bangkok jakarta manila nairobi lagos accra johannesburg durban santiago lima bogotá quito caracas montevideo havana guadalajara monterrey",
        ];
        var words = new Dictionary<string, byte>(StringComparer.Ordinal);
        for (var i = 0; i < lists.Length; i++)
        {
            foreach (var word in lists[i].Split(' '))
                words.TryAdd(word, (byte)(i + 1));
        }

        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
