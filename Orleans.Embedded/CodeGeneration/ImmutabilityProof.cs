using System.Collections;
using System.Collections.Frozen;
using System.Reflection;
using System.Runtime.CompilerServices;
using Orleans.Runtime;

namespace Orleans.CodeGeneration;

/// <summary>
/// Shows that what crosses a grain interface cannot be changed by either side. The embedded engine passes arguments and
/// results uncopied, so this proof stands in for Orleans' deep copies.
/// </summary>
internal sealed class ImmutabilityProof
{
    private static readonly HashSet<Type> s_immutable =
    [
        typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly),
        typeof(Uri), typeof(Version), typeof(CancellationToken), typeof(ReadOnlyMemory<byte>), typeof(System.Numerics.BigInteger), typeof(Type),
        typeof(void), typeof(Task), typeof(ValueTask), typeof(GrainId), typeof(GrainType), typeof(GrainInterfaceType), typeof(IdSpan), typeof(StreamId),
    ];

    private static readonly HashSet<Type> s_immutableWithImmutableArguments =
    [
        typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>), typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(Tuple<,>), typeof(Concurrency.Immutable<>),
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(ImmutableHashSet<>),
        typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>), typeof(FrozenDictionary<,>), typeof(FrozenSet<>),
        typeof(IAsyncEnumerable<>),
    ];

    private readonly HashSet<Type> _seen = [];
    private readonly List<string> _offences = [];

    private ImmutabilityProof()
    {
    }

    /// <summary>Every member of every grain and observer interface of the assembly that lets something mutable through, with the way to it.</summary>
    public static IReadOnlyList<string> OffencesIn(Assembly assembly) =>
        OffencesOf(assembly.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)));

    public static IReadOnlyList<string> OffencesOf(IEnumerable<Type> interfaces)
    {
        var proof = new ImmutabilityProof();
        foreach (var method in interfaces.SelectMany(type => type.GetMethods()).Where(method => method.IsAbstract))
        {
            var place = $"{method.DeclaringType!.Name}.{method.Name}";
            proof.Check(method.ReturnType, $"{place} returns");
            foreach (var parameter in method.GetParameters())
                proof.Check(parameter.ParameterType, $"{place}({parameter.Name})");
        }

        return proof._offences;
    }

    private void Check(Type type, string path)
    {
        if (type.IsPrimitive || type.IsEnum || s_immutable.Contains(type) || typeof(IAddressable).IsAssignableFrom(type))
            return;

        if (type.IsArray || type.IsPointer || type.IsByRef)
        {
            Offend(path, type, "can be changed in place");
        }
        else if (type.IsGenericType && (s_immutableWithImmutableArguments.Contains(type.GetGenericTypeDefinition()) || IsValueTuple(type)))
        {
            foreach (var argument in type.GetGenericArguments())
                Check(argument, $"{path} → {argument.Name}");
        }
        else if (type.IsInterface || typeof(Delegate).IsAssignableFrom(type) || type == typeof(object))
        {
            Offend(path, type, "may be anything");
        }
        else if (typeof(IEnumerable).IsAssignableFrom(type) && type.Namespace?.StartsWith("System", StringComparison.Ordinal) == true)
        {
            Offend(path, type, "is a collection that can be changed");
        }
        else if (_seen.Add(type))
        {
            CheckMembers(type, path);
        }
    }

    // A value tuple's fields can be set, but each side has a copy of them.
    private static bool IsValueTuple(Type type) => type.IsValueType && typeof(ITuple).IsAssignableFrom(type);

    private void CheckMembers(Type type, string path)
    {
        for (var part = type; part is not null && part != typeof(object) && part != typeof(ValueType); part = part.BaseType)
        {
            foreach (var field in part.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
                CheckField(type, field, path);
        }

        foreach (var derived in KnownDerived(type))
            Check(derived, $"{path} → {derived.Name}");
    }

    private void CheckField(Type owner, FieldInfo field, string path)
    {
        var property = PropertyOf(field);
        var name = $"{path} → {owner.Name}.{property?.Name ?? field.Name}";

        // Each side of a call has its own copy of a struct, so only what its fields refer to matters.
        if (!owner.IsValueType && !field.IsInitOnly && property is null)
            Offend(name, field.FieldType, "is a field that can be assigned");
        else if (!owner.IsValueType && property?.SetMethod is { } setter && !IsInitOnly(setter))
            Offend(name, field.FieldType, "has a setter");
        else
            Check(field.FieldType, name);
    }

    // An unsealed class may arrive as one of the classes derived from it in its own assembly.
    private static IEnumerable<Type> KnownDerived(Type type) => type.IsSealed || type.IsGenericType
        ? []
        : type.Assembly.GetTypes().Where(other => other.IsSubclassOf(type) && !other.IsGenericTypeDefinition);

    private static PropertyInfo? PropertyOf(FieldInfo field) => field.Name is ['<', .. var rest] && rest.IndexOf('>', StringComparison.Ordinal) is var end and > 0
        ? field.DeclaringType!.GetProperty(rest[..end], BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly)
        : null;

    private static bool IsInitOnly(MethodInfo setter) => setter.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private void Offend(string path, Type type, string reason) => _offences.Add($"{path}: {type} {reason}");
}
