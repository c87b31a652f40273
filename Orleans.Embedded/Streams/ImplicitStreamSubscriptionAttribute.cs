using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using Orleans.Streams;

namespace Orleans.Streams
{
    public interface IStreamNamespacePredicate
    {
        string PredicatePattern { get; }

        bool IsMatch(string streamNamespace);
    }

    internal sealed class AllStreamNamespacesPredicate : IStreamNamespacePredicate
    {
        public string PredicatePattern => "*";

        public bool IsMatch(string streamNamespace) => true;
    }

    internal sealed class ExactMatchStreamNamespacePredicate(string target) : IStreamNamespacePredicate
    {
        public string PredicatePattern => $"namespace:{target}";

        public bool IsMatch(string streamNamespace) => string.Equals(target, streamNamespace?.Trim());
    }

    internal sealed class RegexStreamNamespacePredicate(string pattern) : IStreamNamespacePredicate
    {
        private readonly Regex _regex = new(pattern, RegexOptions.Compiled | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));

        public string PredicatePattern => $"regex:{pattern}";

        public bool IsMatch(string streamNamespace) => _regex.IsMatch(streamNamespace);
    }
}

namespace Orleans
{
    /// <summary>Events of every stream of a namespace go to the grain of this class whose key is the stream's key.</summary>
    [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
    public class ImplicitStreamSubscriptionAttribute : Attribute
    {
        public ImplicitStreamSubscriptionAttribute() => Predicate = new AllStreamNamespacesPredicate();

        public ImplicitStreamSubscriptionAttribute(string streamNamespace, string? streamIdMapper = null)
        {
            Predicate = new ExactMatchStreamNamespacePredicate(streamNamespace.Trim());
            StreamIdMapper = streamIdMapper;
        }

        public ImplicitStreamSubscriptionAttribute(Type predicateType, string? streamIdMapper = null)
        {
            Predicate = (IStreamNamespacePredicate)Activator.CreateInstance(predicateType)!;
            StreamIdMapper = streamIdMapper;
        }

        public ImplicitStreamSubscriptionAttribute(IStreamNamespacePredicate predicate, string? streamIdMapper = null)
        {
            Predicate = predicate;
            StreamIdMapper = streamIdMapper;
        }

        public IStreamNamespacePredicate Predicate { get; }

        public string? StreamIdMapper { get; init; }
    }

    [AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
    public sealed class RegexImplicitStreamSubscriptionAttribute([StringSyntax(StringSyntaxAttribute.Regex)] string pattern)
        : ImplicitStreamSubscriptionAttribute(new RegexStreamNamespacePredicate(pattern));
}
