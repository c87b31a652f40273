using System.Globalization;

namespace CustomerService.Nlu;

/// <summary>The scripts that the 23 languages are written in, and <see cref="Other"/> for letters of any other.</summary>
internal enum WritingSystem : byte { None, Latin, Cyrillic, Greek, Hebrew, Arabic, Devanagari, Hangul, Kana, Han, Other }

internal static class WritingSystems
{
    public const int Count = (int)WritingSystem.Other + 1;

    /// <summary>The script of a letter; <see cref="WritingSystem.None"/> when the character is no letter.</summary>
    public static WritingSystem Of(char c) => c switch
    {
        < '\u0080' => char.IsAsciiLetter(c) ? WritingSystem.Latin : WritingSystem.None,
        < '\u0250' => c is 'ª' or 'º' || !char.IsLetter(c) ? WritingSystem.None : WritingSystem.Latin,
        >= '\u0370' and < '\u0400' or >= '\u1F00' and < '\u2000' => IfLetter(c, WritingSystem.Greek),
        >= '\u0400' and < '\u0530' => IfLetter(c, WritingSystem.Cyrillic),
        >= '\u0590' and < '\u0600' => IfLetter(c, WritingSystem.Hebrew),
        >= '\u0600' and < '\u0780' or >= '\uFB50' and < '\uFE00' or >= '\uFE70' and < '\uFEFF' => IfLetter(c, WritingSystem.Arabic),
        >= '\u0900' and < '\u0980' => IfLetter(c, WritingSystem.Devanagari),
        >= '\u1100' and < '\u1200' or >= '\u3130' and < '\u3190' or >= '\uAC00' and < '\uD7B0' => IfLetter(c, WritingSystem.Hangul),
        >= '\u3040' and < '\u3100' or >= '\uFF66' and < '\uFFA0' => IfLetter(c, WritingSystem.Kana),
        '々' or >= '\u3400' and < '\uA000' or >= '\uF900' and < '\uFB00' => WritingSystem.Han,
        >= '\u1E00' and < '\u1F00' => WritingSystem.Latin,
        _ => IfLetter(c, WritingSystem.Other),
    };

    /// <summary>True for kana, ideographs and Hangul: a run of them is a clause, or a word with its particles.</summary>
    public static bool IsUnspaced(char c) => c is (>= '\u3040' and <= '\u30FF') or (>= '\u3400' and <= '\u9FFF') or (>= '\uAC00' and <= '\uD7A3');

    // Vowel signs of Indic and Arabic scripts are marks, and part of a word.
    private static WritingSystem IfLetter(char c, WritingSystem script) => CharUnicodeInfo.GetUnicodeCategory(c) switch
    {
        <= UnicodeCategory.OtherLetter => script,
        UnicodeCategory.SpacingCombiningMark or UnicodeCategory.NonSpacingMark when script is not WritingSystem.Other => script,
        _ => WritingSystem.None,
    };
}
