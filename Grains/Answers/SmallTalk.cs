using System.Text.Json;
using CustomerService.Knowledge;

namespace CustomerService.Answers;

/// <summary>What contacts say besides asking, in 23 languages, and what is said back.</summary>
internal sealed class SmallTalk
{
    private const int MaxStrangers = 2;
    private static readonly SmallTalkKind[] _byWeight =
        [SmallTalkKind.Assistant, SmallTalkKind.Goodbye, SmallTalkKind.Thanks, SmallTalkKind.Greeting, SmallTalkKind.Acknowledgement];

    private static readonly Dictionary<string, SmallTalk> _byLanguage = Load();
    private readonly string _language;
    private readonly Dictionary<SmallTalkKind, string> _replies = [];
    private readonly Dictionary<string, List<(string[] Words, SmallTalkKind Kind)>> _phrases = [];

    private SmallTalk(string language, Dictionary<string, Entry> entries)
    {
        _language = language;
        foreach (var (name, entry) in entries)
        {
            var kind = Enum.Parse<SmallTalkKind>(name, ignoreCase: true);
            if (entry.Reply is { } reply)
                _replies[kind] = reply;
            foreach (var phrase in entry.Said.Select(s => Split(s).ToArray()))
            {
                if (!_phrases.TryGetValue(phrase[0], out var list))
                    _phrases[phrase[0]] = list = [];
                list.Add((phrase, kind));
            }
        }
    }

    /// <summary>The texts of a language; English for one that has none.</summary>
    public static SmallTalk For(string language) => _byLanguage.GetValueOrDefault(language, _byLanguage["en"]);

    public string Language => _language;

    public string Reply(SmallTalkKind kind) => _replies[kind];

    /// <summary>What a text is, when it is nothing else: null when it may ask something.</summary>
    /// <remarks>One or two words that are no phrase may be a name: "Hi Anna", but not beside a greeting alone when it ends in a question mark.</remarks>
    public SmallTalkKind? Read(string text)
    {
        var (kinds, strangers, words) = Match(Split(text));
        if (kinds.Contains(SmallTalkKind.Person))
            return SmallTalkKind.Person;
        var best = _byWeight.Where(kinds.Contains).Select(k => (SmallTalkKind?)k).FirstOrDefault();
        return strangers == 0 || (strangers <= MaxStrangers && strangers * 2 < words + 1 && !text.Contains('?')) ? best : null;
    }

    /// <summary>Whether a person is asked for, whatever else is said.</summary>
    public bool AsksForPerson(string text) => Match(Split(text)).Kinds.Contains(SmallTalkKind.Person);

    private (HashSet<SmallTalkKind> Kinds, int Strangers, int Words) Match(List<string> words)
    {
        HashSet<SmallTalkKind> kinds = [];
        var strangers = 0;
        for (var at = 0; at < words.Count;)
        {
            var fitting = (_phrases.GetValueOrDefault(words[at]) ?? [])
                .Where(p => at + p.Words.Length <= words.Count && words.Slice(at, p.Words.Length).SequenceEqual(p.Words))
                .OrderByDescending(p => p.Words.Length).Take(1).ToArray();
            if (fitting is not [var (phrase, kind)])
            {
                strangers++;
                at++;
                continue;
            }

            kinds.Add(kind);
            at += phrase.Length;
        }

        return (kinds, strangers, words.Count);
    }

    // Chinese and Japanese do not part words: each character stands for one.
    private List<string> Split(string text)
    {
        var words = Words.Split(text);
        return _language is "zh" or "ja" ? [.. words.SelectMany(w => w[0] >= '\u3040' ? w.Select(c => c.ToString()) : [w])] : words;
    }

    private static Dictionary<string, SmallTalk> Load()
    {
        using var file = typeof(SmallTalk).Assembly.GetManifestResourceStream("CustomerService.Answers.small-talk.json")!;
        var languages = JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, Entry>>>(file, JsonSerializerOptions.Web)!;
        return languages.ToDictionary(l => l.Key, l => new SmallTalk(l.Key, l.Value));
    }

    private sealed record Entry(string[] Said, string? Reply);
}

internal enum SmallTalkKind
{
    Greeting,
    Thanks,
    Goodbye,
    Acknowledgement,

    /// <summary>Asks who or what is answering.</summary>
    Assistant,

    /// <summary>Asks for a person.</summary>
    Person,

    /// <summary>Cannot be understood.</summary>
    Unclear,
}
