using System.Numerics.Tensors;
using static CustomerService.Nlu.OnnxGraph.ElementType;

namespace CustomerService.Nlu;

/// <summary>all-MiniLM-L6-v2 as an ONNX graph: BERT with six layers, mean over tokens, unit length.</summary>
/// <remarks>
/// Products with weights run in 8-bit integers. A weight is quantized by its output. An activation after a norm is quantized by token,
/// since a few tokens are ten times the rest; the others in a fixed range (measured: ±3.7 and −0.17 to 8.6). So a text has the same vector
/// alone and in a batch. Mean cosine to 32-bit floats is 0.99. The word table stays in the file's 16-bit floats. Written in
/// memory in a third of a second, so nothing is kept on disk.
/// </remarks>
internal sealed class MiniLmGraph(EncoderWeights weights)
{
    public const int Dimensions = 384, MaxTokens = 512;
    public const string TokenIds = "token_ids", Mask = "mask", Positions = "positions", Embedding = "embedding";
    private const int Heads = 12, HeadSize = Dimensions / Heads, Inner = 4 * Dimensions, Layers = 6;
    private const string Unit = "unit", Context = "context", Activated = "activated";
    private readonly OnnxGraph _graph = new(36 << 20);

    public byte[] Build()
    {
        _graph.Input(TokenIds, Ints, "batch", "tokens");
        _graph.Input(Mask, Floats, "batch", "tokens");
        _graph.Input(Positions, Ints, "tokens");
        _graph.Output(Embedding, Floats, "batch", "384");
        Numbers("split_heads", 0, 0, Heads, HeadSize);
        Numbers("join_heads", 0, 0, Dimensions);
        Numbers("key_axes", 1, 2);
        Numbers("token_axis", 1);
        Numbers("last_axis", -1);
        Range(Unit, -1, 1);
        Range(Context, -4, 4);
        Range(Activated, -0.17f, 9);
        _graph.Weights<float>("one", Floats, [1], 1);
        _graph.Weights<float>("hidden", Floats, [-10_000], 1);

        var hidden = _graph.Node("Mul", [_graph.Node("Sub", ["one", Mask]), "hidden"]);
        var keyBias = _graph.Node("Unsqueeze", [hidden, "key_axes"]);
        var states = Embed();
        for (var layer = 0; layer < Layers; layer++)
            states = Layer(states, keyBias, $"encoder.layer.{layer}.");
        Pool(states);
        return _graph.Build();
    }

    private string Embed()
    {
        var words = weights.Halves("embeddings.word_embeddings.weight");
        _graph.Weights("words", Halves, words, words.Length / Dimensions, Dimensions);
        var positions = weights.Floats("embeddings.position_embeddings.weight");
        var firstSegment = weights.Floats("embeddings.token_type_embeddings.weight").AsSpan(0, Dimensions);
        for (var start = 0; start < positions.Length; start += Dimensions)
            TensorPrimitives.Add(positions.AsSpan(start, Dimensions), firstSegment, positions.AsSpan(start, Dimensions));
        _graph.Weights<float>("places", Floats, positions, MaxTokens, Dimensions);

        var word = _graph.Node("Cast", [_graph.Node("Gather", ["words", TokenIds])], ("to", (int)Floats));
        return Norm(_graph.Node("Add", [word, _graph.Node("Gather", ["places", Positions])]), "embeddings.LayerNorm");
    }

    private string Layer(string states, string keyBias, string name)
    {
        var input = QuantizeByToken(states);
        var query = SplitHeads(Linear(input, name + "attention.self.query", scale: 1 / MathF.Sqrt(HeadSize)), 0, 2, 1, 3);
        var key = SplitHeads(Linear(input, name + "attention.self.key"), 0, 2, 3, 1);
        var value = SplitHeads(Linear(input, name + "attention.self.value"), 0, 2, 1, 3);
        var attention = _graph.Node("Softmax", [_graph.Node("Add", [_graph.Node("MatMul", [query, key]), keyBias])], ("axis", -1));
        var heads = _graph.Node("Transpose", [_graph.Node("MatMul", [attention, value])], ("perm", new long[] { 0, 2, 1, 3 }));
        var context = Linear(Quantize(_graph.Node("Reshape", [heads, "join_heads"]), Context), name + "attention.output.dense");
        var attended = Norm(_graph.Node("Add", [context, states]), name + "attention.output.LayerNorm");
        var inner = _graph.Node("Gelu", [Linear(QuantizeByToken(attended), name + "intermediate.dense")], ("approximate", "none"));
        return Norm(_graph.Node("Add", [Linear(Quantize(inner, Activated), name + "output.dense"), attended]), name + "output.LayerNorm");
    }

    private void Pool(string states)
    {
        var column = _graph.Node("Unsqueeze", [Mask, "last_axis"]);
        var sum = _graph.Node("ReduceSum", [_graph.Node("Mul", [states, column]), "token_axis"], ("keepdims", 0));
        var count = _graph.Node("ReduceSum", [column, "token_axis"], ("keepdims", 0));
        _graph.Node("LpNormalization", [_graph.Node("Div", [sum, count])], Embedding, ("axis", -1), ("p", 2));
    }

    private string SplitHeads(string states, params long[] order) =>
        _graph.Node("Transpose", [_graph.Node("Reshape", [states, "split_heads"])], ("perm", order));

    private string Norm(string states, string name)
    {
        var gain = _graph.Weights<float>(name + ".gain", Floats, weights.Floats(name + ".weight"), Dimensions);
        var bias = _graph.Weights<float>(name + ".bias", Floats, weights.Floats(name + ".bias"), Dimensions);
        return _graph.Node("LayerNormalization", [states, gain, bias], ("axis", -1), ("epsilon", 1e-12f));
    }

    private Quantized QuantizeByToken(string states)
    {
        var scale = _graph.Node("ReduceMax", [_graph.Node("Abs", [states]), "last_axis"], ("keepdims", 1));
        return Quantize(_graph.Node("Div", [states, scale]), Unit) with { Scale = scale };
    }

    private Quantized Quantize(string states, string range) =>
        new(_graph.Node("QuantizeLinear", [states, range + ".step", range + ".zero"]), range, Scale: null);

    private void Range(string name, float lowest, float highest)
    {
        var step = (highest - lowest) / byte.MaxValue;
        _graph.Weights<float>(name + ".step", Floats, [step]);
        _graph.Weights<byte>(name + ".zero", Bytes, [(byte)MathF.Round(-lowest / step)]);
    }

    private string Linear(Quantized input, string name, float scale = 1)
    {
        var bias = weights.Floats(name + ".bias");
        var outputs = bias.Length;
        var (matrix, scales) = Quantize(weights.Floats(name + ".weight"), outputs);
        TensorPrimitives.Multiply(bias, scale, bias);
        TensorPrimitives.Multiply(scales, scale, scales);
        var product = _graph.Node($"{OnnxGraph.Microsoft}:MatMulIntegerToFloat", [
            input.States, _graph.Weights<sbyte>(name + ".weight", SBytes, Transpose(matrix, outputs), matrix.Length / outputs, outputs),
            input.Range + ".step", _graph.Weights<float>(name + ".scales", Floats, scales, outputs), input.Range + ".zero"]);
        var scaled = input.Scale is null ? product : _graph.Node("Mul", [product, input.Scale]);
        return _graph.Node("Add", [scaled, _graph.Weights<float>(name + ".bias", Floats, bias, outputs)]);
    }

    private static (sbyte[] Matrix, float[] Scales) Quantize(float[] matrix, int outputs)
    {
        var inputs = matrix.Length / outputs;
        var (quantized, scales) = (new sbyte[matrix.Length], new float[outputs]);
        for (var output = 0; output < outputs; output++)
        {
            var row = matrix.AsSpan(output * inputs, inputs);
            scales[output] = MathF.Max(MathF.Abs(TensorPrimitives.MaxMagnitude(row)), 1e-9f) / sbyte.MaxValue;
            TensorPrimitives.Divide(row, scales[output], row);
            TensorPrimitives.Round(row, row);
            TensorPrimitives.ConvertTruncating<float, sbyte>(row, quantized.AsSpan(output * inputs, inputs));
        }

        return (quantized, scales);
    }

    // The file has a row for each output, the operator wants a column. In tiles, so that both sides stay in the cache.
    private static sbyte[] Transpose(sbyte[] matrix, int rows)
    {
        const int tile = 64;
        var columns = matrix.Length / rows;
        var transposed = new sbyte[matrix.Length];
        for (var row = 0; row < rows; row += tile)
            for (var column = 0; column < columns; column += tile)
                for (var i = column; i < column + tile; i++)
                    for (var j = row; j < row + tile; j++)
                        transposed[i * rows + j] = matrix[j * columns + i];
        return transposed;
    }

    private void Numbers(string name, params ReadOnlySpan<long> values) => _graph.Weights(name, Longs, values, values.Length);

    private readonly record struct Quantized(string States, string Range, string? Scale);
}
