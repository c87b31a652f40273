using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>People who say their name in Chinese, Japanese or Korean, where no blank shows a learnt tagger which part of a sentence is the name.</summary>
internal static partial class IntroducedNames
{
    private const double Confidence = 0.9;

    public static void Find(string text, List<Candidate> found)
    {
        if (!text.AsSpan().ContainsAnyInRange('\u3040', '\uD7A3'))
            return;
        foreach (Match match in Introduction.Matches(text))
        {
            var name = match.Groups["name"];
            found.Add(new(EntityKind.Person, name.Index, name.Length, name.Value, Confidence));
        }
    }

    // "I am" introduces a name only with a common surname, of a list of ours: "I am a member" does not.
    [GeneratedRegex("""
        (?:我叫|我的名字[是叫]|姓名是|敝姓) (?<name>[\p{IsCJKUnifiedIdeographs}]{2,4}) (?=[，。！、,.!\s]|$)
        | (?:我是|這裡是|这里是) (?<name>(?:[王李张張刘劉陈陳杨楊赵趙黄黃周吴吳徐孙孫胡朱高林何郭马馬罗羅梁宋郑鄭谢謝韩韓唐冯馮于董萧蕭程曹袁邓鄧许許傅沈曾彭吕呂苏蘇卢盧蒋蔣蔡贾賈丁魏薛叶葉阎閻余潘杜戴夏钟鐘汪田任姜范方石姚谭譚廖邹鄒熊金陆陸郝孔白崔康毛邱秦江史顾顧侯邵孟龙龍万萬段雷钱錢汤湯尹黎易常武乔喬贺賀赖賴龚龔文]|欧阳|歐陽|司马|司馬|上官|诸葛|諸葛) [\p{IsCJKUnifiedIdeographs}]{1,2}) (?=[，。！、,.!\s]|$)
        | (?<name>[\p{IsCJKUnifiedIdeographs}々]{2,5}|[\p{IsKatakana}]{3,12}) (?=と申します|といいます|と言います)
        | (?:名前は|氏名は|はじめまして[、，]?) (?<name>[\p{IsCJKUnifiedIdeographs}々]{2,5}|[\p{IsKatakana}]{3,12}) (?=です|と|[。、]|$)
        | (?:이름은|성함은) \s* (?<name>[가-힣]{2,4}?) (?=입니다|이에요|예요|이고|이며|[\s,.]|$)
        | 저는 \s* (?<name>[가-힣]{2,4}?) (?=(?:이)?라고\s*(?:합니다|해요))
        """, RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: Patterns.TimeoutMilliseconds)]
    private static partial Regex Introduction { get; }
}
