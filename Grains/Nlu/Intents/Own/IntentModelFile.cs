using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Nlu;

/// <summary>A trained model in a file: a hash of all that follows, the hash of its <see cref="IntentModelSource"/>, its parts.</summary>
internal static class IntentModelFile
{
    /// <param name="stream">Empty, to be read and written at any place.</param>
    /// <param name="source">The hash of what it was trained from.</param>
    /// <param name="intents">The model.</param>
    public static void Write(Stream stream, byte[] source, PreparedIntents intents)
    {
        stream.Position = SHA256.HashSizeInBytes;
        using (var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(source);
            writer.Write(intents.Trust);
            writer.Write(intents.Encoder);
            intents.Model.Write(writer);
        }

        stream.Position = SHA256.HashSizeInBytes;
        var sum = SHA256.HashData(stream);
        stream.Position = 0;
        stream.Write(sum);
    }

    /// <exception cref="InvalidDataException">The file is damaged, or was trained from something else.</exception>
    /// <exception cref="EndOfStreamException">It ends too early.</exception>
    public static PreparedIntents Read(Stream stream, byte[] source)
    {
        using var reader = new BinaryReader(stream, Encoding.UTF8, leaveOpen: true);
        var sum = reader.ReadBytes(SHA256.HashSizeInBytes);
        if (!SHA256.HashData(stream).AsSpan().SequenceEqual(sum))
            throw new InvalidDataException("Its hash is another one.");
        stream.Position = SHA256.HashSizeInBytes;
        if (!reader.ReadBytes(source.Length).AsSpan().SequenceEqual(source))
            throw new InvalidDataException("It was trained from something else.");
        var (trust, encoder) = (reader.ReadDouble(), reader.ReadString());
        return new PreparedIntents(OwnIntents.Read(reader), trust, encoder);
    }
}
