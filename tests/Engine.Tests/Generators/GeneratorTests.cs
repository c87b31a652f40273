using CustomerService.Generators;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CustomerService.EngineTests.Generators;

public sealed class GeneratorTests
{
    private const string Usings = "using System; using System.Collections.Generic; using System.Threading; using System.Threading.Tasks; using Orleans; using Orleans.Runtime; using Orleans.Concurrency;\n";

    [Theory]
    [InlineData("public interface IBad : IGrainWithStringKey { int Get(); }", "GRAIN001")]
    [InlineData("public interface IBad : IGrainWithStringKey { Task Get<T>(); }", "GRAIN001")]
    [InlineData("public interface IBad : IGrainWithStringKey { Task Get(ref int value); }", "GRAIN001")]
    [InlineData("public interface IBad : IGrainWithStringKey { Task<int> Get(CancellationToken one, CancellationToken two); }", "GRAIN001")]
    [InlineData("public interface IBad : IGrainWithStringKey { [OneWay] IAsyncEnumerable<int> Get(); }", "GRAIN001")]
    [InlineData("public interface IBad : IGrainWithStringKey { [OneWay] Task<int> Get(); }", "GRAIN001")]
    [InlineData("public interface IBad : IGrainWithStringKey { string Name { get; } }", "GRAIN001")]
    [InlineData("public interface IBad<T> : IGrainWithStringKey { Task Get(T value); }", "GRAIN002")]
    [InlineData("class Outer { private interface IBad : IGrainWithStringKey { Task Get(); } }", "GRAIN002")]
    [InlineData("public interface IGood : IGrainWithStringKey; public class Bad<T> : Grain, IGood;", "GRAIN002")]
    public void What_the_engine_cannot_call_is_an_error_at_its_place_in_the_source(string source, string id)
    {
        var (diagnostics, _) = Run(source);

        var complaint = Assert.Single(diagnostics);
        Assert.Equal(id, complaint.Id);
        Assert.True(complaint.Location.SourceSpan.Length > 0);
    }

    [Fact]
    public void Every_supported_signature_compiles()
    {
        var (diagnostics, compilation) = Run("""
            namespace Some.Where;
            public interface IBase : IGrainWithGuidKey { Task<int> InheritedAsync(); }
            internal interface IGood : IBase
            {
                Task DoAsync(); Task<string?> GetAsync(int? number, string? text = null, CancellationToken token = default);
                ValueTask RunAsync(); ValueTask<(int Left, List<string?> Right)> PairAsync(params string[] parts);
                IAsyncEnumerable<string?> ListAsync(int? from, CancellationToken token = default); IAsyncEnumerable<(int, string)> AllAsync();
                [OneWay] Task TellAsync(); void Shout(string @class); Task<T> WithDefault<T>(T value) where T : class => Task.FromResult(value);
                [ResponseTimeout("00:00:05"), ReadOnly, AlwaysInterleave, Alias("x")] Task<Dictionary<string, int[]>> MapAsync(Guid @event);
            }
            public interface IWatcher : IGrainObserver { void OnChange(int value); }
            public class Outer { internal partial class Inner([PersistentState("s", "t")] IPersistentState<List<int>> s, IServiceProvider p, IGrainContext c, Uri? u = null) : Grain, IGood
            {
                public Task<int> InheritedAsync() => Task.FromResult(1); public Task DoAsync() => Task.CompletedTask;
                public Task<string?> GetAsync(int? number, string? text, CancellationToken token) => Task.FromResult(text);
                public ValueTask RunAsync() => default; public ValueTask<(int Left, List<string?> Right)> PairAsync(params string[] parts) => default;
                public IAsyncEnumerable<string?> ListAsync(int? from, CancellationToken token) => throw new NotImplementedException(); public IAsyncEnumerable<(int, string)> AllAsync() => throw new NotImplementedException();
                public Task TellAsync() => Task.CompletedTask; public void Shout(string @class) { }
                public Task<Dictionary<string, int[]>> MapAsync(Guid @event) => Task.FromResult(new Dictionary<string, int[]>());
            } }
            """);

        Assert.Empty(diagnostics);
        Assert.Empty(compilation.GetDiagnostics().Where(one => one.Severity == DiagnosticSeverity.Error));
    }

    private static (ImmutableArray<Diagnostic> Diagnostics, Compilation Output) Run(string source)
    {
        var platform = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        var compilation = CSharpCompilation.Create(
            "Sample",
            [CSharpSyntaxTree.ParseText(Usings + source)],
            platform,
            new(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(new GrainGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out var output, out var diagnostics);
        return (diagnostics, output);
    }
}
