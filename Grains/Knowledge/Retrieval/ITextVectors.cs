namespace CustomerService.Knowledge;

/// <summary>Turns texts into unit vectors whose inner products say how alike they are in meaning.</summary>
internal interface ITextVectors
{
    /// <summary>Names the model; vectors of another are of no use.</summary>
    string Model { get; }

    /// <summary>How many numbers a vector has.</summary>
    int Dimensions { get; }

    /// <summary>Whether the model was made for a language.</summary>
    bool Knows(string language);

    /// <summary>Writes one vector for each text, one after the other.</summary>
    void Encode(ReadOnlySpan<string> texts, Span<float> vectors);
}
