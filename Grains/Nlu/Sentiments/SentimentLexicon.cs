namespace CustomerService.Nlu;

/// <summary>What words, emoticons and emoji say of a mood: each has a valence of −4 to 4, turned or strengthened by the words before it.</summary>
/// <remarks>After Hutto and Gilbert, VADER (2014), whose lexicon it reads; the sums are features of a model, not a verdict.</remarks>
internal sealed class SentimentLexicon
{
    /// <summary>How many numbers <see cref="Read"/> writes.</summary>
    public const int Size = 10;

    private const int Reach = 3, LongestWord = 40, FirstPicture = 0x2190;
    private const float Negation = -0.74f, Boost = 0.293f, Shouted = 0.733f;
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _negations = Set(
        "not no never none nobody nothing neither nor nowhere without hardly barely scarcely cannot cant wont dont doesnt didnt isnt arent wasnt werent havent hasnt hadnt couldnt shouldnt wouldnt aint can't won't don't doesn't didn't isn't aren't wasn't weren't haven't hasn't hadn't couldn't shouldn't wouldn't ain't");
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _boosters = Set(
        "very really extremely absolutely completely totally so too incredibly utterly highly deeply truly fully enormously especially most more quite fucking damn");
    private readonly Dictionary<string, float>.AlternateLookup<ReadOnlySpan<char>> _valences;

    /// <param name="lines">A word and its valence a line, separated by a tab.</param>
    public SentimentLexicon(IEnumerable<string> lines)
    {
        var valences = new Dictionary<string, float>(8_192, StringComparer.Ordinal);
        foreach (var line in lines)
            valences[line[..line.IndexOf('\t')]] = float.Parse(line.AsSpan(line.IndexOf('\t') + 1));
        _valences = valences.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Writes <see cref="Size"/> numbers of about −1 to 1.</summary>
    public void Read(ReadOnlySpan<char> text, Span<float> numbers)
    {
        var sums = new Sums { Shouts = Shouts(text) };
        Span<char> word = stackalloc char[LongestWord];
        foreach (var range in text.Split(' '))
            Read(text[range], word, ref sums);
        sums.Write(text, numbers);
    }

    private void Read(ReadOnlySpan<char> token, Span<char> buffer, ref Sums sums)
    {
        if (token.IsEmpty || token.Length > LongestWord)
            return;
        if (_valences.TryGetValue(token, out var sign))
        {
            sums.Add(sign);
            return;
        }

        ReadPictures(token, ref sums);
        var word = token.TrimEnd("?!.,;:\"')(…*~-").TrimStart("\"'(¡¿*~-#");
        var lower = buffer[..Math.Max(word.ToLowerInvariant(buffer), 0)];
        foreach (ref var c in lower)
            c = c == '’' ? '\'' : c;
        if (_valences.TryGetValue(lower, out var valence))
            sums.Add(Turned(valence, sums) + (sums.Shouts && IsUpper(word) ? MathF.CopySign(Shouted, valence) : 0));
        sums.Next(negation: _negations.Contains(lower), booster: _boosters.Contains(lower), contrast: lower is "but");
    }

    private void ReadPictures(ReadOnlySpan<char> token, ref Sums sums)
    {
        Span<char> picture = stackalloc char[2];
        foreach (var rune in token.EnumerateRunes())
        {
            if (rune.Value < FirstPicture)
                continue;
            if (_valences.TryGetValue(picture[..rune.EncodeToUtf16(picture)], out var valence))
                sums.Add(valence);
        }
    }

    private static float Turned(float valence, in Sums sums)
    {
        if (sums.SinceBooster < Reach)
            valence += MathF.CopySign(Boost, valence);
        return sums.SinceNegation < Reach ? valence * Negation : valence;
    }

    // Capitals mean something only when not everything is written in them.
    private static bool Shouts(ReadOnlySpan<char> text) => text.ContainsAnyInRange('a', 'z');

    private static bool IsUpper(ReadOnlySpan<char> word) => word.Length > 1 && !word.ContainsAnyInRange('a', 'z');

    private static HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(string words) =>
        words.Split(' ').ToHashSet(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();

    private struct Sums
    {
        private float _positive, _negative, _highest, _lowest, _last;
        private int _negations, _contrasts;

        public Sums() => (SinceNegation, SinceBooster) = (Reach, Reach);

        public bool Shouts { get; init; }

        public int SinceNegation { get; private set; }

        public int SinceBooster { get; private set; }

        public void Add(float valence)
        {
            _positive += MathF.Max(valence, 0);
            _negative += MathF.Min(valence, 0);
            _highest = MathF.Max(_highest, valence);
            _lowest = MathF.Min(_lowest, valence);
            _last = valence;
        }

        public void Next(bool negation, bool booster, bool contrast)
        {
            SinceNegation = negation ? 0 : SinceNegation + 1;
            SinceBooster = booster ? 0 : SinceBooster + 1;
            _negations += negation ? 1 : 0;
            if (!contrast)
                return;

            // What comes before a "but" counts less.
            (_positive, _negative) = (_positive / 2, _negative / 2);
            _contrasts++;
        }

        public readonly void Write(ReadOnlySpan<char> text, Span<float> numbers)
        {
            var sum = _positive + _negative;
            numbers[0] = sum / MathF.Sqrt((sum * sum) + 15);
            numbers[1] = _positive / (_positive + 4);
            numbers[2] = _negative / (4 - _negative);
            numbers[3] = _highest / 4;
            numbers[4] = _lowest / 4;
            numbers[5] = _last / 4;
            numbers[6] = Math.Min(_negations, 3) / 3f;
            numbers[7] = Math.Min(text.Count('!'), 4) / 4f;
            numbers[8] = Math.Min(text.Count('?'), 4) / 4f;
            numbers[9] = Math.Min(_contrasts, 1);
        }
    }
}
