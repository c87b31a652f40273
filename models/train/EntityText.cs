using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>A part of a text that is an entity; the tag is the first of its pair.</summary>
internal sealed record EntitySpan(Tag Start, int Offset, int End);

/// <summary>A text with the people, places and companies in it.</summary>
internal sealed record EntityText(string Text, List<EntitySpan> Spans)
{
    /// <summary>The tags of the tokens; a span that cuts through a token takes all of it.</summary>
    public Tag[] TagsOf(List<Token> tokens)
    {
        var tags = new Tag[tokens.Count];
        foreach (var span in Spans)
        {
            var tag = span.Start;
            for (var i = 0; i < tokens.Count; i++)
            {
                if (tokens[i].Offset >= span.End || tokens[i].End <= span.Offset)
                    continue;
                tags[i] = tag;
                tag = (Tag)((int)span.Start + 1);
            }
        }

        return tags;
    }

    public EntityText Lowered() => Text.ToLowerInvariant() is var lower && lower.Length == Text.Length ? this with { Text = lower } : this;

    public EntityText Raised() => Text.ToUpperInvariant() is var upper && upper.Length == Text.Length ? this with { Text = upper } : this;
}
