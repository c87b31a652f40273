namespace CustomerService.Nlu;

public sealed class EntityRuleTests
{
    private static readonly EntityRecogniser s_recogniser = EntityRecogniser.Load(ModelFiles.Path("entities", "entities.bin"));

    // A Wednesday.
    private static readonly DateTimeOffset s_now = new(2026, 3, 11, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("我叫陈美玲。请退款", "陈美玲"), InlineData("您好，我是王磊，包裹没到", "王磊"), InlineData("我是会员，想退货", null), InlineData("我叫了外卖还没到", null)]
    [InlineData("田中美咲と申します", "田中美咲"), InlineData("名前はアンナです", "アンナ"), InlineData("荷物は東京です", null)]
    [InlineData("제 이름은 이지은입니다", "이지은"), InlineData("저는 최준호라고 합니다", "최준호"), InlineData("저는 환불을 원합니다", null)]
    public void Who_says_a_name_in_an_east_asian_language_is_found_and_no_clause_is_a_name(string text, string? name) =>
        Assert.Equal(name, Find(text).SingleOrDefault(e => e.Kind is EntityKind.Person or EntityKind.Company or EntityKind.Address)?.Value);

    [Theory]
    [InlineData("Merhaba, siparişimi iptal edin"), InlineData("Dobrý den, kde je moje zásilka?"), InlineData("Hej, hvordan sender jeg varen tilbage?"), InlineData("Siemano, chciałbym anulować zamówienie")]
    [InlineData("你好,我的信用卡一直付款失败,请问怎么办?"), InlineData("Хочу отменить заказ"), InlineData("אני רוצה לבטל את ההזמנה"), InlineData("Moi, tilaukseni ei saapunut")]
    public void Nobody_is_found_where_nobody_is_named(string text) => Assert.Empty(Find(text));

    [Theory]
    [InlineData("cancel order 113542617735902", "113542617735902"), InlineData("it is #A-10234", "A-10234"), InlineData("ORD-2024-001 please", "ORD-2024-001")]
    [InlineData("Bestellnummer: 88120034", "88120034"), InlineData("ma commande n° FR-209931", "FR-209931"), InlineData("注文番号113542の件", "113542")]
    [InlineData("998877 is my order number", "998877"), InlineData("order #(55120)", "55120"), InlineData("order 4532015112830366", "4532015112830366")]
    public void An_order_id_is_found_in_many_shapes(string text, string value) => Assert.Equal((EntityKind.OrderId, value), Only(text));

    [Theory, InlineData("orders 48213, 48214 and 48215", 3), InlineData("I ordered 3 lamps and 2 chairs", 0), InlineData("order 12 lamps", 0), InlineData("version 2.4.1 of the app", 0)]
    public void Only_ids_are_order_ids(string text, int count) => Assert.Equal(count, Find(text).Count(e => e.Kind == EntityKind.OrderId));

    [Theory]
    [InlineData("my card 4111 1111 1111 1111", EntityKind.Card, "4111111111111111"), InlineData("amex 3782-822463-10005", EntityKind.Card, "378282246310005")]
    [InlineData("IBAN GB82 WEST 1234 5698 7654 32", EntityKind.Iban, "GB82WEST12345698765432"), InlineData("de89370400440532013000", EntityKind.Iban, "DE89370400440532013000")]
    [InlineData("1Z999AA10123456784", EntityKind.TrackingNumber, "1Z999AA10123456784"), InlineData("tracking 449044304137821", EntityKind.TrackingNumber, "449044304137821")]
    [InlineData("SKU tsh-042", EntityKind.Sku, "TSH-042"), InlineData("write to Sam@Example.com.", EntityKind.Email, "sam@example.com")]
    [InlineData("see (https://shop.example.com/a?b=1).", EntityKind.Url, "https://shop.example.com/a?b=1"), InlineData("on example.de", EntityKind.Url, "https://example.de")]
    [InlineData("call +44 (0)20 7946 0958", EntityKind.Phone, "+442079460958"), InlineData("0049 30 901820", EntityKind.Phone, "+4930901820")]
    public void A_number_is_recognised_and_normalised(string text, EntityKind kind, string value) => Assert.Equal((kind, value), Only(text));

    [Theory, InlineData("card 4111 1111 1111 1111 12/27 123"), InlineData("4111-1111-1111-1111 123"), InlineData("77 4111 1111 1111 1111"), InlineData("call about 4111111111111111")]
    public void A_card_is_found_between_other_digits(string text) => Assert.Equal("4111111111111111", Find(text).Single(e => e.Kind == EntityKind.Card).Value);

    [Theory]
    [InlineData("from 192.168.0.17, I think", "192.168.0.17"), InlineData("(10.0.0.255)", "10.0.0.255"), InlineData("at 192.168.001.001.", "192.168.1.1"), InlineData("2001:DB8:0:0:0:0:0:1 is blocked", "2001:db8::1")]
    [InlineData("::ffff:192.0.2.1 blocked", "::ffff:192.0.2.1"), InlineData("version 1.2.3.4", null), InlineData("256.1.1.1", null), InlineData("1.2.3.4.5", null), InlineData("at 12:30:15", null), InlineData("std::vector::a1", null)]
    public void An_internet_address_is_found_and_nothing_that_looks_like_one(string text, string? value) => Assert.Equal(value, Find(text).SingleOrDefault(e => e.Kind == EntityKind.IpAddress)?.Value);

    [Theory]
    [InlineData("SSN: 308-63-0237", "308630237"), InlineData("my social security number is 308630237", "308630237"), InlineData("My driver's license number is 425700624", "425700624"), InlineData("AB 12 34 56 C", "AB123456C")]
    [InlineData("DNI 12345678Z", "12345678Z"), InlineData("passport no. C01X00T47", "C01X00T47"), InlineData("Personalausweis: L01X00T471", "L01X00T471"), InlineData("666-12-3456", null), InlineData("12345678A", null)]
    public void An_identity_number_is_found_by_shape_or_announcement(string text, string? value) => Assert.Equal(value, Find(text).SingleOrDefault(e => e.Kind == EntityKind.NationalId)?.Value);

    [Theory, InlineData("DE", "+4915123456789"), InlineData(null, "015123456789"), InlineData("PL", "+48015123456789")]
    public void A_national_number_gets_the_contacts_country(string? country, string value) =>
        Assert.Equal(value, Find("Tel. 0151 23456789", country: country).Single().Value);

    [Theory]
    [InlineData("$49.99", "49.99 USD"), InlineData("1.234,50 €", "1234.50 EUR"), InlineData("EUR 12", "12.00 EUR"), InlineData("£1,200", "1200.00 GBP"), InlineData("25 bucks", "25.00 USD")]
    [InlineData("99,- €", "99.00 EUR"), InlineData("50 cents", "0.50 USD"), InlineData("12 500 zł", "12500.00 PLN")]
    public void Money_is_read_with_its_currency(string text, string value) => Assert.Equal((EntityKind.Money, value), Only(text));

    [Theory]
    [InlineData("today", "2026-03-11"), InlineData("tomorrow", "2026-03-12"), InlineData("next Monday", "2026-03-16"), InlineData("last Friday", "2026-03-06"), InlineData("3 weeks ago", "2026-02-18")]
    [InlineData("in two days", "2026-03-13"), InlineData("last week", "2026-W10"), InlineData("May 3rd, 2026", "2026-05-03"), InlineData("3 May", "2026-05-03"), InlineData("4/15/2026", "2026-04-15")]
    [InlineData("2026-03-20 18:43", "2026-03-20T18:43"), InlineData("tomorrow at 5:30 pm", "2026-03-12T17:30"), InlineData("Dec 24", "2025-12-24"), InlineData("31/01/2026", "2026-01-31")]
    public void A_date_counts_from_the_message(string text, string value) => Assert.Equal((EntityKind.Date, value), Only(text));

    [Theory]
    [InlineData("de", "übermorgen", "2026-03-13"), InlineData("de", "am 3. März", "2026-03-03"), InlineData("de", "vor 2 Wochen", "2026-02-25"), InlineData("de", "05.04.2026", "2026-04-05")]
    [InlineData("fr", "hier", "2026-03-10"), InlineData("fr", "le 2 février 2026", "2026-02-02"), InlineData("fr", "il y a 3 jours", "2026-03-08"), InlineData("fr", "05/04/2026", "2026-04-05")]
    [InlineData("es", "mañana", "2026-03-12"), InlineData("es", "el 5 de mayo", "2026-05-05"), InlineData("es", "hace 2 días", "2026-03-09")]
    public void Dates_are_read_in_other_languages(string language, string text, string value) => Assert.Equal(value, Find(text, language).Single().Value);

    [Theory]
    [InlineData("de", "letzten Montag", "2026-03-09"), InlineData("de", "nächsten Freitag", "2026-03-13"), InlineData("de", "in drei Tagen", "2026-03-14"), InlineData("de", "morgen um 17 Uhr", "2026-03-12T17:00")]
    [InlineData("de", "vorgestern", "2026-03-09"), InlineData("de", "3. Februar 2026", "2026-02-03"), InlineData("de", "am 24.12.", "2025-12-24"), InlineData("de", "nächste Woche", "2026-W12"), InlineData("de", "um 18:30 Uhr", "T18:30")]
    [InlineData("fr", "lundi prochain", "2026-03-16"), InlineData("fr", "vendredi dernier", "2026-03-06"), InlineData("fr", "dans 2 jours", "2026-03-13"), InlineData("fr", "demain à 15h30", "2026-03-12T15:30")]
    [InlineData("fr", "le 14 juillet 2025", "2025-07-14"), InlineData("fr", "la semaine dernière", "2026-W10"), InlineData("fr", "avant-hier", "2026-03-09"), InlineData("fr", "le 1er avril", "2026-04-01"), InlineData("fr", "il y a un mois", "2026-02-11")]
    [InlineData("es", "el lunes pasado", "2026-03-09"), InlineData("es", "dentro de tres días", "2026-03-14"), InlineData("es", "el 12 de octubre de 2025", "2025-10-12"), InlineData("es", "la semana pasada", "2026-W10")]
    [InlineData("es", "pasado mañana", "2026-03-13"), InlineData("es", "anteayer", "2026-03-09"), InlineData("es", "ayer a las 10:15", "2026-03-10T10:15"), InlineData("es", "el próximo viernes", "2026-03-13")]
    public void Days_and_times_are_read_as_people_say_them(string language, string text, string value) => Assert.Equal(value, Find(text, language).Single().Value);

    [Theory, InlineData(0, "2026-03-11"), InlineData(14, "2026-03-12"), InlineData(-11, "2026-03-10")]
    public void Today_is_the_day_where_the_contact_is(int hoursFromUtc, string value)
    {
        var at = new DateTimeOffset(2026, 3, 11, 10, 59, 0, TimeSpan.Zero).ToOffset(TimeSpan.FromHours(hoursFromUtc));

        Assert.Equal(value, s_recogniser.Find("today", new(at, "en")).Single().Value);
    }

    [Theory, InlineData("guten Morgen", "de"), InlineData("das ist hier", "de"), InlineData("you may go", "en"), InlineData("99/99/2024", "en"), InlineData("31.02.2026", "de")]
    public void What_only_looks_like_a_date_is_none(string text, string language) => Assert.DoesNotContain(Find(text, language), e => e.Kind == EntityKind.Date);

    [Theory]
    [InlineData("Hi, my name is Hannah Whitfield.", EntityKind.Person, "Hannah Whitfield"), InlineData("Ship it to 12 Orchard Lane, Leeds LS6 2AB please", EntityKind.Address, "12 Orchard Lane, Leeds LS6 2AB")]
    [InlineData("Ich heiße Jonas Petersen", EntityKind.Person, "Jonas Petersen"), InlineData("Do you deliver to Portugal?", EntityKind.Address, "Portugal")]
    public void Names_and_places_are_found_by_the_tagger(string text, EntityKind kind, string value) => Assert.Equal((kind, value), Only(text));

    private static ImmutableArray<Entity> Find(string text, string language = "en", string? country = null) => s_recogniser.Find(text, new(s_now, language, country));

    private static (EntityKind Kind, string Value) Only(string text)
    {
        var entity = Assert.Single(Find(text));
        return (entity.Kind, entity.Value);
    }
}
