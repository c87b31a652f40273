using System.Runtime.InteropServices;

namespace CustomerService.Nlu;

/// <summary>A model in ONNX's protobuf form (onnx.proto, IR version 9): what a graph of nodes and weights needs, no more.</summary>
internal sealed class OnnxGraph
{
    public const string Microsoft = "com.microsoft";
    private const int OpsetVersion = 20, MicrosoftOpsetVersion = 1, IrVersion = 9;
    private readonly ProtoWriter _writer;
    private readonly int _graph;
    private int _nodes;

    public OnnxGraph(int capacity)
    {
        _writer = new ProtoWriter(capacity);
        _writer.Integer(1, IrVersion);
        Opset("", OpsetVersion);
        Opset(Microsoft, MicrosoftOpsetVersion);
        _graph = _writer.Begin(7);
        _writer.Text(2, "graph");
    }

    public void Input(string name, ElementType type, params ReadOnlySpan<string> dimensions) => Value(11, name, type, dimensions);

    public void Output(string name, ElementType type, params ReadOnlySpan<string> dimensions) => Value(12, name, type, dimensions);

    public string Weights<T>(string name, ElementType type, ReadOnlySpan<T> values, params ReadOnlySpan<long> dimensions) where T : unmanaged
    {
        var tensor = _writer.Begin(5);
        foreach (var dimension in dimensions)
            _writer.Integer(1, dimension);
        _writer.Integer(2, (int)type);
        _writer.Text(8, name);
        _writer.Bytes(9, MemoryMarshal.AsBytes(values));
        _writer.End(tensor);
        return name;
    }

    /// <summary>Adds a node with one output.</summary>
    /// <param name="operation">The operator; <c>com.microsoft:Name</c> for one of ONNX Runtime's own.</param>
    /// <param name="inputs">Names of values; an empty name leaves an optional input out.</param>
    /// <param name="attributes">Values of type <see cref="int"/>, <see cref="float"/>, <see cref="string"/> or <c>long[]</c>.</param>
    /// <returns>The output's name.</returns>
    public string Node(string operation, string[] inputs, params ReadOnlySpan<(string Name, object Value)> attributes) =>
        Node(operation, inputs, $"v{++_nodes}", attributes);

    public string Node(string operation, string[] inputs, string output, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = _writer.Begin(1);
        foreach (var input in inputs)
            _writer.Text(1, input);
        _writer.Text(2, output);
        var colon = operation.IndexOf(':');
        _writer.Text(4, operation[(colon + 1)..]);
        foreach (var (name, value) in attributes)
            Attribute(name, value);
        if (colon > 0)
            _writer.Text(7, operation[..colon]);
        _writer.End(node);
        return output;
    }

    public byte[] Build()
    {
        _writer.End(_graph);
        return _writer.ToArray();
    }

    private void Attribute(string name, object value)
    {
        const int floatKind = 1, intKind = 2, textKind = 3, intsKind = 7;
        var attribute = _writer.Begin(5);
        _writer.Text(1, name);
        switch (value)
        {
            case int number: _writer.Integer(3, number); _writer.Integer(20, intKind); break;
            case float number: _writer.Float(2, number); _writer.Integer(20, floatKind); break;
            case string text: _writer.Text(4, text); _writer.Integer(20, textKind); break;
            case long[] numbers:
                foreach (var number in numbers)
                    _writer.Integer(8, number);
                _writer.Integer(20, intsKind);
                break;
            default: throw new ArgumentException($"Attribute {name} has a type that is not written here.", nameof(value));
        }

        _writer.End(attribute);
    }

    private void Value(int field, string name, ElementType type, ReadOnlySpan<string> dimensions)
    {
        var value = _writer.Begin(field);
        _writer.Text(1, name);
        var (valueType, tensor) = (_writer.Begin(2), _writer.Begin(1));
        _writer.Integer(1, (int)type);
        var shape = _writer.Begin(2);
        foreach (var dimension in dimensions)
        {
            var entry = _writer.Begin(1);
            if (long.TryParse(dimension, out var size))
                _writer.Integer(1, size);
            else
                _writer.Text(2, dimension);
            _writer.End(entry);
        }

        _writer.End(shape);
        _writer.End(tensor);
        _writer.End(valueType);
        _writer.End(value);
    }

    private void Opset(string domain, int version)
    {
        var opset = _writer.Begin(8);
        _writer.Text(1, domain);
        _writer.Integer(2, version);
        _writer.End(opset);
    }

    /// <summary>Element types as onnx.proto numbers them.</summary>
    public enum ElementType { Floats = 1, Bytes = 2, SBytes = 3, Ints = 6, Longs = 7, Halves = 10 }
}
