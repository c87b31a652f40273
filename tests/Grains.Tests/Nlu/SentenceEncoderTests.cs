using System.Numerics.Tensors;

namespace CustomerService.Nlu;

public sealed class SentenceEncoderTests(SentenceEncoderTests.Loaded loaded) : IClassFixture<SentenceEncoderTests.Loaded>
{
    private readonly SentenceEncoder _encoder = loaded.Encoder;

    [Fact]
    public void A_known_sentence_has_its_published_vector_up_to_the_noise_of_eight_bits()
    {
        var vector = _encoder.Encode("The quick brown fox jumps over the lazy dog.");

        float[] published = [0.04396f, 0.05900f, 0.04823f, 0.07766f];
        Assert.All(published.Zip(vector), pair => Assert.InRange(pair.Second, pair.First - 0.012, pair.First + 0.012));
        Assert.Equal(1, TensorPrimitives.Norm<float>(vector), 1e-4);
    }

    [Fact]
    public void Sentences_of_like_meaning_are_nearer_than_others()
    {
        var (order, parcel, weather) = (_encoder.Encode("Where is my order?"), _encoder.Encode("My parcel has not arrived yet."), _encoder.Encode("It rains in the mountains."));

        Assert.True(Similarity(order, parcel) > Similarity(order, weather) + 0.2);
    }

    [Fact]
    public void Texts_in_one_batch_have_the_vectors_that_they_have_alone()
    {
        string[] texts = ["Where is my order?", "I would like to return the blue jacket that I bought two weeks ago because it is too small", "hi"];
        var together = new float[texts.Length * SentenceEncoder.Dimensions];

        _encoder.Encode(texts, together);

        for (var i = 0; i < texts.Length; i++)
            Assert.True(Similarity(_encoder.Encode(texts[i]), together.AsSpan(i * SentenceEncoder.Dimensions, SentenceEncoder.Dimensions)) > 0.9999);
    }

    [Fact]
    public void The_tuned_encoder_holds_texts_apart_that_share_words_and_want_different_things()
    {
        var (one, other) = ("I want to delete my account", "I want to create an account");

        Assert.True(Similarity(loaded.Tuned.Encode(one), loaded.Tuned.Encode(other)) < Similarity(_encoder.Encode(one), _encoder.Encode(other)) - 0.1);
    }

    [Theory, InlineData(""), InlineData("\0\u0001"), InlineData("🙂🙂"), InlineData("\ud800"), InlineData("ﷺ العربية 中文")]
    public void Any_text_has_a_vector(string text) => Assert.All(_encoder.Encode(text), number => Assert.True(float.IsFinite(number)));

    [Fact]
    public void A_text_of_ten_thousand_characters_is_cut() =>
        Assert.All(_encoder.Encode(new string('a', 5_000) + string.Concat(Enumerable.Repeat(" b", 2_500))), number => Assert.True(float.IsFinite(number)));

    [Fact]
    public void A_missing_model_says_what_to_run()
    {
        var missing = Assert.Throws<ModelFileException>(() => new SentenceEncoder(new ModelFolder("/nowhere")));

        Assert.Equal("nlu.model_missing", missing.Code);
        Assert.Contains("./run up", missing.Message);
    }

    [Fact]
    public void A_damaged_model_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory();
        Directory.CreateDirectory(Path.Combine(folder.FullName, "minilm"));
        File.WriteAllText(Path.Combine(folder.FullName, "minilm/tokenizer.json"), """{"model":{"vocab":{"[CLS]":0,"[SEP]":1,"[UNK]":2}}}""");
        File.WriteAllBytes(Path.Combine(folder.FullName, "minilm/model.fp16.safetensors"), [1, 2, 3]);

        var damaged = Assert.Throws<ModelFileException>(() => new SentenceEncoder(new ModelFolder(folder.FullName)));

        Assert.Equal("nlu.model_corrupt", damaged.Code);
        folder.Delete(recursive: true);
    }

    private static float Similarity(ReadOnlySpan<float> one, ReadOnlySpan<float> other) => TensorPrimitives.Dot(one, other);

    public sealed class Loaded : IDisposable
    {
        internal SentenceEncoder Encoder { get; } = new(ModelFolder.BesideProgram);

        internal TunedEncoder Tuned { get; } = new(ModelFolder.BesideProgram);

        public void Dispose()
        {
            Encoder.Dispose();
            Tuned.Dispose();
        }
    }
}
