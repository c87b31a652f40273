using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Trains the tagger for people, places and companies: an averaged structured perceptron.</summary>
internal sealed class EntityTraining
{
    private const int Epochs = 12;
    private readonly float[] _weights = new float[SequenceTagger.WeightCount];
    private readonly float[] _drift = new float[SequenceTagger.WeightCount];
    private readonly float[] _transitions = new float[SequenceTagger.TransitionCount];
    private readonly float[] _transitionDrift = new float[SequenceTagger.TransitionCount];
    private float _step = 1;

    private sealed record Sentence(int[][] Buckets, Tag[] Tags);

    public static void Run(string data, string output)
    {
        var random = new Random(1);
        var presidio = EntityData.Presidio(data).Where(item => !EntityData.IsHeldOut(item.Template)).Select(item => item.Text).ToList();
        var made = new EntityTemplates(Path.Combine(AppContext.BaseDirectory, "entity-templates.txt"), presidio, random).Make(4000).ToList();
        List<EntityText> texts = [.. presidio, .. presidio, .. made, .. EntityData.Wnut(data), .. EntityData.Germeval(data), .. EntityData.Hwu(data).Where((_, i) => i % 2 == 0), .. EntityData.Snips(data).Where((_, i) => i % 2 == 0), .. EntityData.Plain(data)];
        texts.AddRange(presidio.Concat(made).Where(_ => random.Next(3) == 0).Select(text => text.Lowered()).ToList());
        texts.AddRange(presidio.Concat(made).Where(_ => random.Next(20) == 0).Select(text => text.Raised()).ToList());

        var training = new EntityTraining();
        Sentence[] sentences = [.. texts.Select(Prepare)];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(sentences);
            Console.WriteLine($"epoch {epoch}: {sentences.Sum(training.Learn)} wrong tags in {sentences.Sum(s => s.Tags.Length)}");
        }

        using var file = File.Create(output);
        training.Averaged().Save(file);
    }

    private static Sentence Prepare(EntityText text)
    {
        var tokens = Tokens.Of(text.Text);
        var features = new TokenFeatures(text.Text, tokens);
        var buckets = new int[TokenFeatures.MaxPerToken];
        return new([.. tokens.Select((_, i) => buckets[..features.Of(i, buckets)])], text.TagsOf(tokens));
    }

    private int Learn(Sentence sentence)
    {
        _step++;
        var scores = new int[sentence.Tags.Length * SequenceTagger.Tags];
        for (var i = 0; i < sentence.Tags.Length; i++)
        {
            foreach (var bucket in sentence.Buckets[i])
            {
                for (var tag = 0; tag < SequenceTagger.Tags; tag++)
                    scores[i * SequenceTagger.Tags + tag] += (int)_weights[bucket * SequenceTagger.Tags + tag];
            }
        }

        var found = SequenceTagger.Viterbi(scores, sentence.Tags.Length, (from, to) => (int)_transitions[from * SequenceTagger.Tags + to]);
        var wrong = 0;
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] != sentence.Tags[i])
            {
                wrong++;
                Move(sentence.Buckets[i], sentence.Tags[i], +1);
                Move(sentence.Buckets[i], found[i], -1);
            }

            var (right, taken) = (i == 0 ? SequenceTagger.Tags : (int)sentence.Tags[i - 1], i == 0 ? SequenceTagger.Tags : (int)found[i - 1]);
            if (right == taken && found[i] == sentence.Tags[i])
                continue;
            MoveTransition(right * SequenceTagger.Tags + (int)sentence.Tags[i], +1);
            MoveTransition(taken * SequenceTagger.Tags + (int)found[i], -1);
        }

        return wrong;
    }

    private void Move(int[] buckets, Tag tag, float by)
    {
        foreach (var bucket in buckets)
        {
            _weights[bucket * SequenceTagger.Tags + (int)tag] += by;
            _drift[bucket * SequenceTagger.Tags + (int)tag] += by * _step;
        }
    }

    private void MoveTransition(int index, float by)
    {
        _transitions[index] += by;
        _transitionDrift[index] += by * _step;
    }

    // The mean over all steps generalises better than the last (Collins 2002).
    private SequenceTagger Averaged()
    {
        var weights = _weights.Select((w, i) => w - _drift[i] / _step).ToArray();
        var transitions = _transitions.Select((w, i) => w - _transitionDrift[i] / _step).ToArray();
        var sorted = weights.Where(w => w != 0).Select(Math.Abs).Order().ToArray();
        var scale = 127 / Math.Max(sorted[(int)(sorted.Length * 0.9998)], transitions.Max(Math.Abs));
        return new([.. weights.Select(Byte)], [.. transitions.Select(Byte)]);

        sbyte Byte(float weight) => (sbyte)Math.Clamp(MathF.Round(weight * scale), -127, 127);
    }
}
