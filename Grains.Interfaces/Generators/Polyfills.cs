// What the compiler needs to write records for netstandard2.0.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit;
