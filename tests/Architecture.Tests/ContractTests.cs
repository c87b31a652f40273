using System.Reflection;
using CustomerService.Conversations;

namespace CustomerService;

/// <summary>Contracts between processes of different versions: they are added to, never changed.</summary>
public sealed class ContractTests
{
    private static readonly Assembly Contracts = typeof(IConversationGrain).Assembly;

    private static readonly Type[] Serialized =
        [.. Contracts.GetTypes().Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>() is not null).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    private static readonly Type[] Interfaces =
        [.. Contracts.GetTypes().Where(type => type.IsInterface && typeof(IAddressable).IsAssignableFrom(type)).OrderBy(type => type.FullName, StringComparer.Ordinal)];

    /// <summary>Set UPDATE_GOLDEN=1 to write the file after a wanted change; the diff shows whether a rolling upgrade survives it.</summary>
    [Fact]
    public void The_contracts_are_those_of_the_golden_file()
    {
        var path = Repository.Path("Grains.Interfaces", "Contracts.txt");
        var now = string.Join('\n', [.. Interfaces.SelectMany(Describe), .. Serialized.SelectMany(DescribeData)]) + "\n";
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            File.WriteAllText(path, now);

        Assert.Equal(File.ReadAllText(path), now);
    }

    [Fact]
    public void Every_alias_names_one_type_and_within_an_interface_one_method()
    {
        var types = Serialized.Concat(Interfaces).GroupBy(Alias).Where(group => group.Count() > 1).Select(group => $"{group.Key}: {string.Join(", ", group.Select(type => type.Name))}");
        var methods = Interfaces.SelectMany(type => type.GetMethods().GroupBy(Alias).Where(group => group.Count() > 1).Select(group => $"{type.Name}: {group.Key}"));

        Assert.Empty(types.Concat(methods));
    }

    [Fact]
    public void Whatever_crosses_a_grain_interface_is_ours_and_serialized_or_known_to_Orleans()
    {
        var crossing = Interfaces.SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType));

        Assert.Empty(Wire.Unserializable(crossing));
    }

    [Theory, InlineData(typeof(Task<ImmutableArray<Uri>>), true), InlineData(typeof(Dictionary<string, DateOnly>), true), InlineData(typeof(Result<Message>), true)]
    [InlineData(typeof(Task<ImmutableArray<Exception>>), false), InlineData(typeof(Plain), false), InlineData(typeof(Holder), false)]
    public void What_is_neither_is_found_however_deep_it_lies(Type type, bool crosses) =>
        Assert.Equal(crosses, !Wire.Unserializable([type]).Any());

    [Fact]
    public void Every_serialized_member_has_an_id_of_its_own_and_every_type_an_alias()
    {
        var wrong = Serialized.Where(type => !type.IsEnum)
            .SelectMany(type => Members(type).GroupBy(member => member.Id).Where(group => group.Key is null || group.Count() > 1).Select(group => $"{type.Name}.{group.First().Property.Name}"))
            .Concat(Serialized.Concat(Interfaces).Where(type => Alias(type) is null).Select(type => type.Name));

        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_grain_method_has_an_alias_and_takes_its_cancellation_token_last()
    {
        var wrong = Interfaces.SelectMany(type => type.GetMethods())
            .Where(method => Alias(method) is null
                || method.GetParameters().SkipLast(1).Any(parameter => parameter.ParameterType == typeof(CancellationToken)))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}");

        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Describe(Type type) =>
        [$"interface {type.FullName} {Alias(type)}", .. type.GetMethods().Where(method => !method.IsSpecialName).OrderBy(method => method.Name, StringComparer.Ordinal).Select(method =>
            $"  {Alias(method)} {Name(method.ReturnType)} {method.Name}({string.Join(", ", method.GetParameters().Select(parameter => Name(parameter.ParameterType)))})")];

    private static IEnumerable<string> DescribeData(Type type) => type.IsEnum
        ? [$"enum {type.FullName} {Alias(type)}", .. Enum.GetNames(type).Select(name => $"  {Convert.ToInt64(Enum.Parse(type, name))} {name}")]
        : [$"data {type.FullName} {Alias(type)}", .. Members(type).Select(member => $"  {member.Id} {Name(member.Property.PropertyType)} {member.Property.Name}")];

    private static IEnumerable<(uint? Id, PropertyInfo Property)> Members(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.CanWrite || property.GetCustomAttribute<IdAttribute>() is not null)
            .Select(property => (property.GetCustomAttribute<IdAttribute>()?.Id, property)).OrderBy(member => member.Item1);

    private static string? Alias(MemberInfo member) => member.GetCustomAttribute<AliasAttribute>(inherit: false)?.Alias;

    private static string Name(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>"
        : type.Name;

    private sealed record Plain(string Text);

    [GenerateSerializer]
    private sealed record Holder([property: Id(0)] ImmutableArray<Plain> Plain);
}
