namespace CustomerService.Nlu;

public sealed class RequestsTests
{
    [Fact]
    public void Two_different_requests_are_listed_with_their_places() =>
        Assert.Equal([new("cancel_order", 0, 10, 0.9), new("get_invoice", 10, 10, 0.8)], Of(("cancel_order", 0.9), ("get_invoice", 0.8)));

    [Fact]
    public void One_request_in_several_sentences_is_one() => Assert.Empty(Of(("cancel_order", 0.9), ("cancel_order", 0.8)));

    [Fact]
    public void Sentences_about_the_same_are_joined() =>
        Assert.Equal([new("cancel_order", 0, 20, 0.9), new("get_invoice", 20, 10, 0.8)], Of(("cancel_order", 0.7), ("cancel_order", 0.9), ("get_invoice", 0.8)));

    [Fact]
    public void Small_talk_is_no_request() => Assert.Empty(Of(("greeting", 0.9), ("get_invoice", 0.8), ("thanks", 0.9)));

    [Fact]
    public void What_is_unsure_or_out_of_scope_is_no_request()
    {
        Assert.Empty(Of(("cancel_order", 0.4), ("get_invoice", 0.8)));
        Assert.Empty(Requests.Of([new(0, 10), new(10, 10)], [Said("cancel_order", 0.9) with { OutOfScope = 0.6 }, Said("get_invoice", 0.8)]));
    }

    private static ImmutableArray<IntentSpan> Of(params (string Intent, double Confidence)[] said) =>
        Requests.Of([.. said.Select((_, at) => new Clause(at * 10, 10))], [.. said.Select(one => Said(one.Intent, one.Confidence))]);

    private static IntentPredictions Said(string intent, double confidence) => new([new IntentPrediction(intent, confidence)], 0.1);
}
