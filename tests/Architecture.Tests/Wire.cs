using System.Collections.Frozen;
using System.Globalization;
using System.Net;
using System.Numerics;
using System.Reflection;

namespace CustomerService;

/// <summary>What Orleans can carry between processes.</summary>
internal static class Wire
{
    // Orleans.Serialization.Codecs has a codec for each of these.
    private static readonly HashSet<Type> Known =
    [
        typeof(object), typeof(string), typeof(decimal), typeof(Guid), typeof(DateTime), typeof(DateTimeOffset), typeof(DateOnly), typeof(TimeOnly), typeof(TimeSpan),
        typeof(Uri), typeof(Version), typeof(Int128), typeof(UInt128), typeof(Half), typeof(BigInteger), typeof(CultureInfo), typeof(IPAddress), typeof(IPEndPoint),
        typeof(Task), typeof(ValueTask), typeof(void), typeof(CancellationToken), typeof(Type),
        typeof(Task<>), typeof(ValueTask<>), typeof(IAsyncEnumerable<>), typeof(Nullable<>), typeof(KeyValuePair<,>),
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
        typeof(ImmutableDictionary<,>), typeof(ImmutableSortedDictionary<,>), typeof(FrozenDictionary<,>), typeof(FrozenSet<>),
        typeof(List<>), typeof(Dictionary<,>), typeof(HashSet<>), typeof(Queue<>), typeof(Stack<>), typeof(SortedSet<>), typeof(SortedDictionary<,>),
    ];

    /// <summary>The types among these, and within them, that no codec carries.</summary>
    public static ImmutableSortedSet<string> Unserializable(IEnumerable<Type> types)
    {
        var (seen, wrong, open) = (new HashSet<Type>(), ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal), new Stack<Type>(types));
        while (open.TryPop(out var type))
        {
            if (!seen.Add(type))
                continue;

            if (!IsCarried(type))
                wrong.Add(type.ToString());
            foreach (var inner in Inner(type))
                open.Push(inner);
        }

        return wrong.ToImmutable();
    }

    private static bool IsCarried(Type type) =>
        type.IsPrimitive || type.IsArray || type.IsGenericParameter || IsReference(type) || Known.Contains(type.IsGenericType ? type.GetGenericTypeDefinition() : type)
        || IsTuple(type) || type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not null;

    // A grain or an observer crosses as a reference; what it can do is looked at by itself.
    private static bool IsReference(Type type) => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type);

    private static bool IsTuple(Type type) => type.FullName?.StartsWith("System.ValueTuple`", StringComparison.Ordinal) == true;

    private static IEnumerable<Type> Inner(Type type)
    {
        if (type.IsArray)
            return [type.GetElementType()!];

        var ours = type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is null || type.IsEnum
            ? []
            : Members(type).Concat(type.Assembly.GetTypes().Where(other => other.BaseType == type)).Concat(type.BaseType is { } parent ? [parent] : []);
        return ours.Concat(type.GetGenericArguments()).Where(inner => inner != typeof(ValueType));
    }

    private static IEnumerable<Type> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.GetCustomAttribute<IdAttribute>() is not null).Select(property => property.PropertyType)
            .Concat(type.GetFields(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .Where(field => field.GetCustomAttribute<IdAttribute>() is not null).Select(field => field.FieldType));
}
