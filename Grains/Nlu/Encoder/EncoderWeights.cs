using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>The sentence encoder's weights; with the low-rank changes of a training added, if there are any (<c>W + up × down</c>; Hu et al., "LoRA", 2021).</summary>
internal sealed class EncoderWeights(SafeTensors original, SafeTensors? changes = null)
{
    private const string Weight = ".weight";

    public ReadOnlySpan<Half> Halves(string name) => original.Halves(name);

    public float[] Floats(string name)
    {
        var numbers = original.Floats(name);
        var place = name.EndsWith(Weight, StringComparison.Ordinal) ? name[..^Weight.Length] : name;
        if (changes?.Contains(place + ".up") == true)
            Add(changes.Floats(place + ".up"), changes.Floats(place + ".down"), numbers);
        return numbers;
    }

    // Up has a row for each output, down a row for each rank.
    private void Add(float[] up, float[] down, float[] weights)
    {
        var rank = int.Parse(changes!.Metadata("rank"), System.Globalization.CultureInfo.InvariantCulture);
        var inputs = down.Length / rank;
        for (var output = 0; output < up.Length / rank; output++)
        {
            var row = weights.AsSpan(output * inputs, inputs);
            for (var at = 0; at < rank; at++)
                TensorPrimitives.MultiplyAdd(down.AsSpan(at * inputs, inputs), up[(output * rank) + at], row, row);
        }
    }
}
