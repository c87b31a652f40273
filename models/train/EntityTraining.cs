using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Trains the tagger for people, places and companies: an averaged structured perceptron.</summary>
internal sealed class EntityTraining
{
    private const int Epochs = 8;

    // The order of the texts alone moves a figure by a point; the mean of some orders is better than most of them.
    private const int Rounds = 4;
    private const double Dropout = 0.3;
    private const float KeptFeatures = 0.8f;
    private readonly float[] _weights = new float[SequenceTagger.WeightCount];
    private readonly float[] _drift = new float[SequenceTagger.WeightCount];
    private readonly float[] _transitions = new float[SequenceTagger.TransitionCount];
    private readonly float[] _transitionDrift = new float[SequenceTagger.TransitionCount];
    private readonly Random _random;
    private float _step = 1;

    private EntityTraining(int seed) => _random = new(seed);

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
        foreach (var dropout in (double[])[0.2, 0.3, 0.4])
        {
            var tagger = Train(data, template => template % 5 is not (1 or 3), dropout);
            foreach (var bias in (int[])[0, 20, 40, 60])
                Console.WriteLine($"dropout {dropout} bias {bias}: {Score(tagger, texts, bias)}");
        }
    }

    // By tokens, as Presidio's evaluator counts; the kind must be right.
    private static string Score(SequenceTagger tagger, List<EntityText> texts, int bias)
    {
        var (right, expected, found) = (new double[4], new double[4], new double[4]);
        foreach (var text in texts)
        {
            var tokens = Tokens.Of(text.Text);
            foreach (var (wanted, got) in text.TagsOf(tokens).Zip(tagger.Decode(text.Text, tokens, bias).Tags).Where((_, i) => char.IsLetterOrDigit(text.Text[tokens[i].Offset])))
            {
                expected[Kind(wanted)]++;
                found[Kind(got)]++;
                right[Kind(got)] += Kind(got) == Kind(wanted) ? 1 : 0;
            }
        }

        var kinds = string.Join(", ", ((string[])["", "person", "address", "company"]).Select((name, k) => k == 0 ? "" : $"{name} {right[k] / expected[k]:P0}/{right[k] / found[k]:P0}").Skip(1));
        return $"F2 {5 * right[1..].Sum() / (4 * expected[1..].Sum() + found[1..].Sum()):F3}; recall/precision: {kinds}";
    }

    // Places and addresses are one kind to those who ask.
    private static int Kind(Tag tag) => tag switch { Tag.None => 0, Tag.PersonStart or Tag.Person => 1, Tag.CompanyStart or Tag.Company => 3, _ => 2 };

    private static SequenceTagger Train(string data, Func<int, bool> isTaught, double dropout)
    {
        var random = new Random(1);
        var presidio = EntityData.Presidio(data).Where(item => isTaught(item.Template)).Select(item => item.Text).ToList();
        var templates = new EntityTemplates(Path.Combine(AppContext.BaseDirectory, "entity-templates.txt"), presidio, EntityData.Companies(data), random);
        var made = templates.Make(10_500).Concat(presidio.Concat(presidio).Select(templates.Refill)).ToList();
        List<EntityText> texts =
        [
            .. presidio, .. made, .. EntityData.Wnut(data), .. EntityData.Germeval(data), .. EntityData.Hwu(data).Where((_, i) => i % 2 == 0), .. EntityData.Snips(data).Where((_, i) => i % 2 == 0),
            .. EntityData.Plain(data), .. EntityData.Own().Select(text => new EntityText(text, [])),
        ];
        texts.AddRange(presidio.Concat(made).Where(text => text.Spans.TrueForAll(span => span.Start != Tag.CompanyStart) && random.Next(3) == 0).Select(text => text.Lowered()).ToList());
        texts.AddRange(presidio.Concat(made).Where(_ => random.Next(20) == 0).Select(text => text.Raised()).ToList());

        var common = CommonWords.Of(EntityData.CommonWords(data));
        Sentence[] sentences = [.. texts.Select(text => Prepare(text, common, dropout, random))];
        var (weights, transitions) = (new float[SequenceTagger.WeightCount], new float[SequenceTagger.TransitionCount]);
        for (var round = 0; round < Rounds; round++)
            new EntityTraining(round).Teach([.. sentences], weights, transitions);
        return Tagger(weights, transitions, common);
    }

    private void Teach(Sentence[] sentences, float[] weights, float[] transitions)
    {
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            _random.Shuffle(sentences);
            Console.WriteLine($"epoch {epoch}: {sentences.Sum(Learn)} wrong tags in {sentences.Sum(s => s.Tags.Length)}");
        }

        // The mean over all steps generalises better than the last (Collins 2002).
        for (var i = 0; i < weights.Length; i++)
            weights[i] += _weights[i] - _drift[i] / _step;
        for (var i = 0; i < transitions.Length; i++)
            transitions[i] += _transitions[i] - _transitionDrift[i] / _step;
    }

    // Names are endless and those of the texts few: without a part of their words the tagger learns to go by what stands around them.
    private static Sentence Prepare(EntityText text, CommonWords common, double dropout, Random random)
    {
        var tokens = Tokens.Of(text.Text);
        var features = new TokenFeatures(text.Text, tokens, common);
        var buckets = new int[TokenFeatures.MaxPerToken];
        var tags = text.TagsOf(tokens);
        return new([.. tokens.Select((_, i) => Kept(buckets[..features.Of(i, buckets)], tags[i] == Tag.None ? dropout / 3 : dropout, random))], tags);
    }

    private static int[] Kept(int[] buckets, double dropout, Random random) =>
        random.NextDouble() < dropout ? [.. buckets.Where((_, i) => !TokenFeatures.IsOwnWord(i) && !TokenFeatures.IsOwnKind(i))] : buckets;

    // Each step sees a part of the features: none may be all that a decision rests on.
    private int Learn(Sentence sentence)
    {
        _step++;
        var buckets = sentence.Buckets.Select(token => token.Where(_ => _random.NextSingle() < KeptFeatures).ToArray()).ToArray();
        var scores = new int[sentence.Tags.Length * SequenceTagger.Tags];
        for (var i = 0; i < sentence.Tags.Length; i++)
        {
            var row = scores.AsSpan(i * SequenceTagger.Tags, SequenceTagger.Tags);
            foreach (var bucket in buckets[i])
            {
                for (var tag = 0; tag < SequenceTagger.Tags; tag++)
                    row[tag] += (int)_weights[bucket * SequenceTagger.Tags + tag];
            }
        }

        var found = SequenceTagger.Viterbi(scores, sentence.Tags.Length, SequenceTagger.Steps((from, to) => (int)_transitions[from * SequenceTagger.Tags + to]));
        var wrong = 0;
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i] != sentence.Tags[i])
            {
                wrong++;
                Move(buckets[i], sentence.Tags[i], +1);
                Move(buckets[i], found[i], -1);
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

    private static SequenceTagger Tagger(float[] weights, float[] transitions, CommonWords common)
    {
        var sorted = weights.Where(w => w != 0).Select(Math.Abs).Order().ToArray();
        var scale = 127 / Math.Max(sorted[(int)(sorted.Length * 0.9998)], transitions.Max(Math.Abs));
        return new([.. weights.Select(Byte)], [.. transitions.Select(Byte)], common);

        sbyte Byte(float weight) => (sbyte)Math.Clamp(MathF.Round(weight * scale), -127, 127);
    }
}
