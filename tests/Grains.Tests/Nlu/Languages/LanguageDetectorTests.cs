using System.Text;

namespace CustomerService.Nlu;

public sealed class LanguageDetectorTests
{
    private static readonly LanguageDetector s_detector = LanguageDetector.Load(ModelFiles.Path("language", "language.bin"));

    [Theory]
    [InlineData("hello", "en"), InlineData("hola", "es"), InlineData("danke", "de"), InlineData("ok", "en"), InlineData("merci beaucoup", "fr")]
    [InlineData("ciao", "it"), InlineData("obrigado", "pt"), InlineData("kiitos", "fi"), InlineData("teşekkürler", "tr"), InlineData("dziękuję", "pl")]
    [InlineData("привет", "ru"), InlineData("дякую", "uk"), InlineData("γειά", "el"), InlineData("שלום", "he"), InlineData("مرحبا", "ar")]
    [InlineData("नमस्ते", "hi"), InlineData("こんにちは", "ja"), InlineData("안녕하세요", "ko"), InlineData("你好", "zh"), InlineData("dank je wel", "nl")]
    public void A_greeting_is_recognised(string text, string code) => Assert.Equal(code, s_detector.Detect(text).Code);

    [Theory]
    [InlineData("hi, wo ist mein paket", "de"), InlineData("Ma commande n'est toujours pas là", "fr"), InlineData("Я не получил свой заказ 12345", "ru")]
    [InlineData("Чи можу я повернути товар?", "uk"), InlineData("注文番号113542の商品がまだ届きません", "ja"), InlineData("我的订单 8841 还没有到", "zh")]
    [InlineData("Pakken min har ikke kommet ennå, hva skjer?", "no"), InlineData("Hvornår bliver min pakke leveret?", "da"), InlineData("Var är mitt paket någonstans?", "sv")]
    [InlineData("Bitte schaut auf https://shop.example.com/where/is/my/order nach", "de")]
    public void A_message_is_recognised_with_confidence(string text, string code)
    {
        var prediction = s_detector.Detect(text);

        Assert.Equal(code, prediction.Code);
        Assert.True(prediction.Confidence > 0.7, $"{prediction.Confidence}");
    }

    [Theory]
    [InlineData(""), InlineData("   "), InlineData("12345"), InlineData("😀👍"), InlineData("asdfgh"), InlineData("qwrtp sdkfjgh"), InlineData("ORD-2024-001")]
    [InlineData("https://example.com/de/hallo"), InlineData("สวัสดีครับ"), InlineData("\uD800"), InlineData("Szeretném visszakérni a pénzemet, mert a csomag nem érkezett meg.")]
    public void What_is_in_none_of_the_languages_is_unknown(string text) => Assert.Equal(Languages.Unknown, s_detector.Detect(text).Code);

    [Theory]
    [InlineData("ok", "de"), InlineData("super", "fr"), InlineData("no", "it"), InlineData("i", "da"), InlineData("tak", "pl"), InlineData("tak", "da")]
    public void What_could_be_several_languages_is_in_the_one_spoken_so_far(string text, string spoken) => Assert.Equal(spoken, s_detector.Detect(text, spoken).Code);

    [Theory]
    [InlineData("Wo bleibt meine Bestellung? Ich warte seit zwei Wochen auf das Paket.", "de", "en"), InlineData("muchas gracias", "es", "en"), InlineData("kiitos", "fi", "sv")]
    [InlineData("Pode me dizer quando o meu pedido vai ser entregue, por favor?", "pt", "es"), InlineData("Hvornår bliver min pakke leveret i dag?", "da", "no")]
    [InlineData("Where is my order? It should have been here on Monday.", "en", "ja"), InlineData("Где мой заказ?", "ru", "en")]
    public void A_clear_message_is_never_taken_for_the_language_spoken_so_far(string text, string code, string spoken) =>
        Assert.Equal(code, s_detector.Detect(text, spoken).Code);

    [Fact]
    public void Two_latin_letters_in_a_japanese_conversation_are_no_change_of_language() => Assert.Equal(Languages.Unknown, s_detector.Detect("ok", "ja").Code);

    [Theory, InlineData("mera order abhi tak nahi aaya"), InlineData("mujhe apna paisa wapas chahiye"), InlineData("delivery kab hogi bhai")]
    public void Hindi_in_latin_letters_is_hindi(string text) => Assert.Equal("hi", s_detector.Detect(text).Code);

    [Fact]
    public void Decomposed_accents_read_like_composed_ones()
    {
        const string text = "Můj balíček ještě nedorazil, kde je?";

        Assert.Equal(s_detector.Detect(text), s_detector.Detect(text.Normalize(NormalizationForm.FormD)));
    }

    [Fact]
    public void Any_text_gets_the_same_answer_twice_and_a_confidence_between_0_and_1()
    {
        var random = new Random(7);
        for (var i = 0; i < 2000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(80)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x250 : 0x10000)));

            var prediction = s_detector.Detect(text);

            Assert.InRange(prediction.Confidence, 0, 1);
            Assert.Equal(prediction, s_detector.Detect(text));
            Assert.True(prediction.Code == Languages.Unknown || Languages.All.Contains(prediction.Code));
        }
    }

    [Fact]
    public void Detecting_allocates_nothing()
    {
        s_detector.Detect("Where is my parcel?");
        var before = GC.GetAllocatedBytesForCurrentThread();

        s_detector.Detect("Where is my parcel?");

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory, InlineData(new byte[] { 1, 2, 3, 4, 5 }), InlineData(new byte[] { 0x4C, 0x4E, 0x47, 0x31, 1, 1 }), InlineData(new byte[] { 0x4C, 0x4E, 0x47, 0x31, 99 })]
    public void A_damaged_model_is_refused_with_a_reason(byte[] bytes)
    {
        var error = Assert.Throws<InvalidDataException>(() => LanguageDetector.Load(new MemoryStream(bytes)));

        Assert.Contains("language model", error.Message, StringComparison.Ordinal);
    }
}
