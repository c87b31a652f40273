using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CustomerService.Nlu;

/// <summary>BERT's uncased tokenizer: lower case, no accents, words and punctuation apart, then the longest known pieces of each word.</summary>
internal sealed class WordPiece
{
    private const int LongestWord = 100;
    private const string Continuation = "##";
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _starts, _continuations;
    private readonly int _first, _last, _unknown;

    /// <param name="tokenizer">The content of a <c>tokenizer.json</c>.</param>
    public WordPiece(ReadOnlyMemory<byte> tokenizer)
    {
        using var document = JsonDocument.Parse(tokenizer);
        var vocabulary = document.RootElement.GetProperty("model").GetProperty("vocab");
        var starts = new Dictionary<string, int>(32_768, StringComparer.Ordinal);
        var continuations = new Dictionary<string, int>(8_192, StringComparer.Ordinal);
        foreach (var entry in vocabulary.EnumerateObject())
        {
            var piece = entry.Name;
            if (piece.StartsWith(Continuation, StringComparison.Ordinal))
                continuations.Add(piece[Continuation.Length..], entry.Value.GetInt32());
            else
                starts.Add(piece, entry.Value.GetInt32());
        }

        (_first, _last, _unknown) = (starts["[CLS]"], starts["[SEP]"], starts["[UNK]"]);
        _starts = starts.GetAlternateLookup<ReadOnlySpan<char>>();
        _continuations = continuations.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Writes the text's tokens, with the marks for start and end; what does not fit is left out.</summary>
    /// <returns>The number of tokens written.</returns>
    public int Encode(ReadOnlySpan<char> text, Span<int> tokens)
    {
        var output = new Output(tokens, stackalloc char[LongestWord + 1], this);
        output.Add(_first);
        for (var at = 0; at < text.Length && !output.Full;)
        {
            if (char.IsAscii(text[at]))
            {
                Ascii(text[at++], ref output);
                continue;
            }

            Rune.DecodeFromUtf16(text[at..], out var rune, out var length);
            at += length;
            Other(rune, ref output);
        }

        output.EndWord();
        return output.Close(_last);
    }

    private static void Ascii(char c, ref Output output)
    {
        if (char.IsAsciiLetterOrDigit(c))
            output.Append(char.ToLowerInvariant(c));
        else if (c is ' ' or (>= '\t' and <= '\r'))
            output.EndWord();
        else if (!char.IsControl(c))
            output.Single(c);
    }

    private static void Other(Rune rune, ref Output output)
    {
        if (Rune.IsWhiteSpace(rune))
        {
            output.EndWord();
            return;
        }

        if (rune == Rune.ReplacementChar || Rune.IsControl(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format)
            return;

        Span<char> lower = stackalloc char[2], plain = stackalloc char[32];
        var length = Rune.ToLowerInvariant(rune).EncodeToUtf16(lower);
        ((ReadOnlySpan<char>)lower[..length]).TryNormalize(plain, out var written, NormalizationForm.FormD);
        foreach (var part in plain[..written].EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(part) == UnicodeCategory.NonSpacingMark)
                continue;
            if (Rune.IsPunctuation(part) || IsIdeograph(part.Value))
                output.Single(part);
            else
                output.Append(part);
        }
    }

    private static bool IsIdeograph(int c) =>
        c is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x2A6DF);

    private ref struct Output(Span<int> tokens, Span<char> word, WordPiece vocabulary)
    {
        private readonly Span<int> _tokens = tokens;
        private readonly Span<char> _word = word;
        private int _count, _wordLength;

        // One place stays free for the end mark.
        public readonly bool Full => _count >= _tokens.Length - 1;

        public void Add(int token)
        {
            if (!Full)
                _tokens[_count++] = token;
        }

        public void Append(char c)
        {
            if (_wordLength < _word.Length)
                _word[_wordLength++] = c;
        }

        public void Append(Rune rune)
        {
            Span<char> characters = stackalloc char[2];
            foreach (var c in characters[..rune.EncodeToUtf16(characters)])
                Append(c);
        }

        public void Single(char c)
        {
            EndWord();
            Append(c);
            EndWord();
        }

        public void Single(Rune rune)
        {
            EndWord();
            Append(rune);
            EndWord();
        }

        public void EndWord()
        {
            var rest = _word[.._wordLength];
            var before = _count;
            _wordLength = 0;
            if (rest.Length > LongestWord)
            {
                Add(vocabulary._unknown);
                return;
            }

            for (var lookup = vocabulary._starts; rest.Length > 0; lookup = vocabulary._continuations)
            {
                var (length, token) = (rest.Length, 0);
                while (length > 0 && !lookup.TryGetValue(rest[..length], out token))
                    length--;
                if (length == 0)
                {
                    _count = before;
                    Add(vocabulary._unknown);
                    return;
                }

                Add(token);
                rest = rest[length..];
            }
        }

        public int Close(int token)
        {
            _tokens[_count++] = token;
            return _count;
        }
    }
}
