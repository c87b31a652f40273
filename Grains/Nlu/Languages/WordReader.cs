using System.Text;

namespace CustomerService.Nlu;

/// <summary>Reads the words of a text one by one, lower-cased, with their script; leaves out addresses of the web, codes and digits.</summary>
/// <remarks>A word is a run of letters of one script; runs of Han and kana count as words. Allocates nothing for composed text.</remarks>
internal ref struct WordReader(ReadOnlySpan<char> text, Span<char> buffer)
{
    /// <summary>Longer words are cut: nothing beyond tells more about a language.</summary>
    public const int MaxLetters = 32;

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Span<char> _buffer = buffer;
    private int _position;

    /// <summary>The script of the current word.</summary>
    public WritingSystem Script { get; private set; }

    /// <summary>The current word; valid until the next is read.</summary>
    public ReadOnlySpan<char> Word { get; private set; }

    public bool Next()
    {
        while (_position < _text.Length)
        {
            if (StartsChunk() && TrySkipAddress())
                continue;
            var script = WritingSystems.Of(_text[_position]);
            if (script == WritingSystem.None)
                _position++;
            else if (ReadRun(script))
                return true;
        }

        return false;
    }

    private bool ReadRun(WritingSystem script)
    {
        var start = _position;
        var length = 0;
        for (; _position < _text.Length; _position++)
        {
            var c = _text[_position];
            if (IsInnerApostrophe(script))
                c = '\'';
            else if (c is >= '\u0300' and < '\u0370')
            {
                length = Compose(length, c);
                continue;
            }
            else if (WritingSystems.Of(c) is var next && next != script && !(IsHanOrKana(next) && IsHanOrKana(script)))
                break;
            else if (next == WritingSystem.Kana)
                script = WritingSystem.Kana;

            if (length < MaxLetters)
                _buffer[length++] = char.ToLowerInvariant(c);
        }

        Script = script;
        Word = _buffer[..length];
        return length > 0 && !(script == WritingSystem.Latin && IsPartOfCode(start));
    }

    private static bool IsHanOrKana(WritingSystem script) => script is WritingSystem.Han or WritingSystem.Kana;

    private readonly bool IsInnerApostrophe(WritingSystem script) =>
        (_text[_position] is '\'' or '’') && (script is WritingSystem.Latin or WritingSystem.Cyrillic)
        && _position + 1 < _text.Length && WritingSystems.Of(_text[_position + 1]) == script;

    // ORD2024, ORD-2024, 4XL
    private readonly bool IsPartOfCode(int start) => IsDigit(start - 1) || IsDigit(_position) || IsDash(_position) && IsDigit(_position + 1);

    private readonly bool IsDigit(int index) => (uint)index < (uint)_text.Length && char.IsAsciiDigit(_text[index]);

    private readonly bool IsDash(int index) => index < _text.Length && (_text[index] is '-' or '_');

    // Text from some phones and file systems comes decomposed: a letter, then its accent.
    private readonly int Compose(int length, char accent)
    {
        if (length == 0 || char.IsSurrogate(_buffer[length - 1]))
            return length;
        var composed = new string([_buffer[length - 1], accent]).Normalize(NormalizationForm.FormC);
        if (composed.Length == 1)
            _buffer[length - 1] = composed[0];
        return length;
    }

    private readonly bool StartsChunk() => _position == 0 || char.IsWhiteSpace(_text[_position - 1]);

    private bool TrySkipAddress()
    {
        var end = _position;
        while (end < _text.Length && _text[end] is > ' ' and < '\u007F')
            end++;
        var chunk = _text[_position..end];
        if (!chunk.Contains('@') && !chunk.Contains("://", StringComparison.Ordinal) && !chunk.StartsWith("www.", StringComparison.OrdinalIgnoreCase)
            && !chunk.Contains(".com", StringComparison.OrdinalIgnoreCase))
            return false;
        _position = end;
        return true;
    }
}
