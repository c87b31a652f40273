using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CustomerService.Nlu;

/// <summary>Rows of numbers in a trained model's file: how many, then as they lie in memory.</summary>
internal static class ModelNumbers
{
    public static void WriteNumbers<T>(this BinaryWriter writer, ReadOnlySpan<T> numbers)
        where T : unmanaged
    {
        writer.Write(numbers.Length);
        writer.Write(MemoryMarshal.AsBytes(numbers));
    }

    public static T[] ReadNumbers<T>(this BinaryReader reader)
        where T : unmanaged
    {
        var (count, left) = (reader.ReadInt32(), reader.BaseStream.Length - reader.BaseStream.Position);
        if (count < 0 || count > left / Unsafe.SizeOf<T>())
            throw new InvalidDataException($"It names {count} numbers and has {left} bytes left.");
        var numbers = new T[count];
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(numbers.AsSpan()));
        return numbers;
    }
}
