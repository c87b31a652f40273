using System.Text;

namespace CustomerService.Nlu;

/// <summary>The file that holds the n-gram models of all scripts, written by <c>models/train</c>.</summary>
internal static class LanguageModelFile
{
    private const uint Magic = 0x32474E4C; // "LNG2"
    private const int MaxModels = 16, MaxClasses = 32, MaxBuckets = 1 << 20;

    public static void Write(Stream stream, IReadOnlyList<NgramModel> models)
    {
        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write((byte)models.Count);
        foreach (var model in models)
        {
            writer.Write((byte)model.Script);
            writer.Write((byte)model.Classes.Length);
            foreach (var code in model.Classes)
                writer.Write(code);
            writer.Write(model.Buckets);
            writer.Write(model.Scale.Factor);
            writer.Write(model.Scale.Power);
            writer.Write((ReadOnlySpan<byte>)(byte[])(Array)model.Weights);
        }
    }

    public static List<NgramModel> Read(Stream stream)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        try
        {
            if (reader.ReadUInt32() != Magic)
                throw new InvalidDataException("This is not a language model (its first four bytes are wrong).");
            var models = new List<NgramModel>();
            var count = Checked(reader.ReadByte(), MaxModels, "number of models");
            for (var i = 0; i < count; i++)
                models.Add(ReadModel(reader));
            return models;
        }
        catch (EndOfStreamException e)
        {
            throw new InvalidDataException("The language model ends too early; the file is damaged.", e);
        }
    }

    private static NgramModel ReadModel(BinaryReader reader)
    {
        var script = (WritingSystem)Checked(reader.ReadByte(), WritingSystems.Count - 1, "script");
        var classes = new string[Checked(reader.ReadByte(), MaxClasses, "number of languages")];
        for (var i = 0; i < classes.Length; i++)
            classes[i] = string.Intern(reader.ReadString());
        var buckets = Checked(reader.ReadInt32(), MaxBuckets, "table size");
        var scale = new NgramModel.Calibration(reader.ReadSingle(), reader.ReadSingle());
        var weights = new sbyte[buckets * NgramModel.StrideOf(classes.Length)];
        reader.BaseStream.ReadExactly((byte[])(Array)weights);
        return new NgramModel(script, classes, buckets, scale, weights);
    }

    private static int Checked(int value, int max, string what) => value > 0 && value <= max
        ? value
        : throw new InvalidDataException($"The language model is damaged: its {what} is {value}, which is not 1 to {max}.");
}
