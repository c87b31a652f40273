using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Trains the tagger for people, places and companies: an averaged structured perceptron.</summary>
internal sealed class EntityTraining
{
    private const int Epochs = 12;
    private const double Dropout = 0.2;
    private readonly float[] _weights = new float[SequenceTagger.WeightCount];
    private readonly float[] _drift = new float[SequenceTagger.WeightCount];
    private readonly float[] _transitions = new float[SequenceTagger.TransitionCount];
    private readonly float[] _transitionDrift = new float[SequenceTagger.TransitionCount];
    private float _step = 1;

    private sealed record Sentence(int[][] Buckets, Tag[] Tags);

    public static void Run(string data, string output)
    {
        using var file = File.Create(output);
        Train(data, template => !EntityData.IsHeldOut(template), Dropout).Save(file);
    }

    /// <summary>Trains without another fifth of the templates and measures on it, to choose settings without a look at what is held out.</summary>
    public static void Tune(string data)
    {
        var texts = EntityData.Presidio(data).Where(item => item.Template % 5 == 1).Select(item => item.Text).ToList();
        foreach (var dropout in (double[])[0, 0.2, 0.4])
        {
            var tagger = Train(data, template => template % 5 is not (1 or 3), dropout);
            foreach (var bias in (int[])[0, 20, 40, 60, 80, 110, 140])
                Console.WriteLine($"dropout {dropout} bias {bias}: {Score(tagger, texts, bias)}");
        }
    }

    private static string Score(SequenceTagger tagger, List<EntityText> texts, int bias)
    {
        double right = 0, expected = 0, found = 0;
        foreach (var text in texts)
        {
            var tokens = Tokens.Of(text.Text);
            var (wanted, got) = (Spans(text.TagsOf(tokens)), Spans(tagger.Decode(text.Text, tokens, bias).Tags));
            expected += wanted.Count;
            found += got.Count;
            right += got.Count(wanted.Contains);
        }

        return $"recall {right / expected:P1}, precision {right / found:P1}, F1 {2 * right / (expected + found):F3}, F2 {5 * right / (4 * expected + found):F3}";
    }

    // Places and addresses are one kind to those who ask.
    private static HashSet<(int Kind, int From, int To)> Spans(Tag[] tags)
    {
        var spans = new HashSet<(int, int, int)>();
        for (var i = 0; i < tags.Length; i++)
        {
            if ((int)tags[i] % 2 == 0)
                continue;
            var end = i + 1;
            while (end < tags.Length && tags[end] != Tag.None && (int)tags[end] % 2 == 0)
                end++;
            spans.Add((tags[i] == Tag.PlaceStart ? (int)Tag.AddressStart : (int)tags[i], i, end));
        }

        return spans;
    }

    private static SequenceTagger Train(string data, Func<int, bool> isTaught, double dropout)
    {
        var random = new Random(1);
        var presidio = EntityData.Presidio(data).Where(item => isTaught(item.Template)).Select(item => item.Text).ToList();
        var made = new EntityTemplates(Path.Combine(AppContext.BaseDirectory, "entity-templates.txt"), presidio, random).Make(4000).ToList();
        List<EntityText> texts = [.. presidio, .. presidio, .. made, .. EntityData.Wnut(data), .. EntityData.Germeval(data), .. EntityData.Hwu(data).Where((_, i) => i % 2 == 0), .. EntityData.Snips(data).Where((_, i) => i % 2 == 0), .. EntityData.Plain(data)];
        texts.AddRange(presidio.Concat(made).Where(_ => random.Next(3) == 0).Select(text => text.Lowered()).ToList());
        texts.AddRange(presidio.Concat(made).Where(_ => random.Next(20) == 0).Select(text => text.Raised()).ToList());

        var training = new EntityTraining();
        Sentence[] sentences = [.. texts.Select(text => Prepare(text, dropout, random))];
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(sentences);
            Console.WriteLine($"epoch {epoch}: {sentences.Sum(training.Learn)} wrong tags in {sentences.Sum(s => s.Tags.Length)}");
        }

        return training.Averaged();
    }

    // Names are endless and those of the texts few: without a part of their words the tagger learns to go by what stands around them.
    private static Sentence Prepare(EntityText text, double dropout, Random random)
    {
        var tokens = Tokens.Of(text.Text);
        var features = new TokenFeatures(text.Text, tokens);
        var buckets = new int[TokenFeatures.MaxPerToken];
        var tags = text.TagsOf(tokens);
        return new([.. tokens.Select((_, i) => Kept(buckets[..features.Of(i, buckets)], tags[i] == Tag.None ? dropout / 3 : dropout, random))], tags);
    }

    private static int[] Kept(int[] buckets, double dropout, Random random) =>
        random.NextDouble() < dropout ? [.. buckets.Where((_, i) => !TokenFeatures.IsOwnWord(i))] : buckets;

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
