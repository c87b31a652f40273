using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>A tenant's own entities, checked and made ready to be found; made once and handed to the recogniser with each text.</summary>
internal sealed partial class OwnEntities
{
    public const int MaxEntities = 50, MaxPatternCharacters = 300, MaxForms = 5_000, MaxFormCharacters = 80;

    /// <summary>How many are looked for in one text: a pattern that matches every digit meets a contact who writes nothing else.</summary>
    public const int MaxFound = 200;

    private readonly FrozenDictionary<string, (string Name, string Value)>.AlternateLookup<ReadOnlySpan<char>> _forms;
    private readonly ImmutableArray<(string Name, Regex Pattern)> _patterns;
    private readonly FrozenSet<string> _personal;
    private readonly int _maxTokens;

    private OwnEntities(ImmutableArray<OwnEntity> entities, Dictionary<string, (string Name, string Value)> forms)
    {
        _forms = forms.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        _patterns = [.. entities.Where(entity => entity.Pattern is not null).Select(entity => (entity.Name, Compile(entity.Pattern!)))];
        _personal = entities.Where(entity => entity.IsPersonal).Select(entity => entity.Name).ToFrozenSet(StringComparer.Ordinal);
        _maxTokens = forms.Keys.Select(form => Tokens.Of(form).Count).DefaultIfEmpty(0).Max();
    }

    /// <summary>Checks what a tenant described; <see cref="OwnEntity"/> lists the refusals.</summary>
    public static Result<OwnEntities> Create(ImmutableArray<OwnEntity> entities)
    {
        if (entities.Length > MaxEntities)
            return Refuse("too_many", $"At most {MaxEntities} entities of your own; these are {entities.Length}.");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var entity in entities)
        {
            if (!NameForm.IsMatch(entity.Name))
                return Refuse("name_invalid", "A name is 1 to 40 lower-case letters, digits and underscores and begins with a letter.");
            if (!names.Add(entity.Name))
                return Refuse("name_twice", $"There are two entities called {entity.Name}; put their patterns or values together.");
            if (entity.Pattern is null && entity.Values.IsDefaultOrEmpty)
                return Refuse("empty", $"{entity.Name} has neither a pattern nor values.");
            if (entity.Pattern is not null && CheckPattern(entity.Name, entity.Pattern) is { } refusal)
                return refusal;
        }

        var (forms, refused) = FormsOf(entities);
        return refused is null ? new OwnEntities(entities, forms) : refused;
    }

    /// <summary>Without blanks around values and forms; what is missing is there and empty.</summary>
    public static ImmutableArray<OwnEntity> Trim(ImmutableArray<OwnEntity> entities) =>
    [
        .. (entities.IsDefault ? [] : entities).Select(entity => entity with
        {
            Values = [.. (entity.Values.IsDefault ? [] : entity.Values).Select(value => new OwnEntityValue(value.Value.Trim(), [.. (value.Forms.IsDefault ? [] : value.Forms).Select(form => form.Trim())]))],
        }),
    ];

    /// <summary>Whether there is nothing to find.</summary>
    public bool IsEmpty => _patterns.IsEmpty && _maxTokens == 0;

    /// <summary>Whether redaction hides the entity of this name.</summary>
    public bool IsPersonal(string name) => _personal.Contains(name);

    public void Find(string text, List<Candidate> found)
    {
        var most = found.Count + MaxFound;
        foreach (var (name, pattern) in _patterns)
        {
            for (var match = pattern.Match(text); match.Success && found.Count < most; match = match.NextMatch())
            {
                var value = match.Groups["value"] is { Success: true, Length: > 0 } group ? group : match.Groups[0];
                if (value.Length > 0)
                    found.Add(new(EntityKind.Own, value.Index, value.Length, value.Value, 0.99, name));
            }
        }

        if (_maxTokens > 0)
            FindForms(text, most, found);
    }

    // The longest form that begins at a word; it ends with a word too.
    private void FindForms(string text, int most, List<Candidate> found)
    {
        var lower = text.ToLowerInvariant();
        var tokens = Tokens.Of(text);
        for (var i = 0; i < tokens.Count && found.Count < most; i++)
        {
            for (var last = Math.Min(i + _maxTokens, tokens.Count) - 1; last >= i; last--)
            {
                if (!_forms.TryGetValue(lower.AsSpan(tokens[i].Offset, tokens[last].End - tokens[i].Offset), out var entry))
                    continue;
                found.Add(new(EntityKind.Own, tokens[i].Offset, tokens[last].End - tokens[i].Offset, entry.Value, 0.99, entry.Name));
                i = last;
                break;
            }
        }
    }

    private static Refusal? CheckPattern(string name, string pattern)
    {
        if (pattern.Length > MaxPatternCharacters)
            return Refuse("pattern_invalid", $"The pattern of {name} has {pattern.Length} characters; at most {MaxPatternCharacters} are taken.");
        try
        {
            return Compile(pattern).Match("").Success ? Refuse("pattern_empty", $"The pattern of {name} would match no characters at all, and so everywhere.") : null;
        }
        catch (ArgumentException e)
        {
            return Refuse("pattern_invalid", $"The pattern of {name} cannot be read: {e.Message}");
        }
        catch (NotSupportedException)
        {
            return Refuse("pattern_invalid", $"The pattern of {name} cannot run in linear time: look-around, back-references, atomic groups and large repetitions are not taken.");
        }
    }

    // No backtracking: a contact who knows the pattern could otherwise write a text that takes for ever.
    private static Regex Compile(string pattern) => new(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromMilliseconds(Patterns.TimeoutMilliseconds));

    private static (Dictionary<string, (string, string)> Forms, Refusal? Refused) FormsOf(ImmutableArray<OwnEntity> entities)
    {
        var (forms, count) = (new Dictionary<string, (string Name, string Value)>(StringComparer.Ordinal), 0);
        foreach (var (name, value, form) in entities.Where(entity => !entity.Values.IsDefault).SelectMany(entity => entity.Values.SelectMany(value =>
                     (value.Forms.IsDefault ? [value.Value] : value.Forms.Add(value.Value)).Select(form => (entity.Name, value.Value, form.Trim().ToLowerInvariant())))))
        {
            if (form.Length is 0 or > MaxFormCharacters || Tokens.Of(form).Count == 0)
                return (forms, Refuse("values_invalid", $"{name} has a value outside 1 to {MaxFormCharacters} characters."));
            if (!forms.TryAdd(form, (name, value)) && forms[form] != (name, value))
                return (forms, Refuse("form_twice", $"Two values of {name} or of another entity share a form; no text could tell which is meant."));
            if (++count > MaxForms)
                return (forms, Refuse("values_invalid", $"At most {MaxForms} values and forms in all."));
        }

        return (forms, null);
    }

    private static Refusal Refuse(string reason, string detail) => new(RefusalKind.Invalid, "entities." + reason, detail);

    [GeneratedRegex("^[a-z][a-z0-9_]{0,39}$", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex NameForm { get; }
}
