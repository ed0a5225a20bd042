using Marl.Actors.Core.Files;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Files;

/// <summary>
/// A policy as an ONNX model, which ONNX Runtime, Unity and many others run: input <c>observation</c> [batch, inputs], output
/// <c>logits</c> or <c>values</c> [batch, actions], one Gemm a layer. Policies in a box give the <c>action</c> [batch, length] itself,
/// within the bounds, and where it is random also <c>mean</c> and <c>log-std</c> of what the tanh is taken of; <c>action</c> is then the greedy one. A network with a memory also takes <c>memory</c> and gives
/// <c>memory-after</c> [batch, width] (zeros where an episode begins). Field numbers: onnx/onnx, <c>onnx/onnx.proto</c>; operator set 17.
/// </summary>
public static class OnnxFile
{
    private const int IrVersion = 8; // the version that goes with operator set 17
    private const int OperatorSet = 17;
    private const string MemoryAfter = "memory-after";

    /// <summary>The bytes of the model.</summary>
    /// <exception cref="ArgumentException">The vector does not fit the network: a bug in the caller.</exception>
    public static byte[] Write(SavedPolicy policy)
    {
        var spec = policy.Spec;
        if (policy.Parameters.Length != spec.Network.Parameters)
        {
            throw new ArgumentException($"Policy '{spec.Group}' has {policy.Parameters.Length} parameters, not {spec.Network.Parameters}.", nameof(policy));
        }

        var model = new ProtobufWriter();
        model.Integer(1, IrVersion);
        model.Text(2, "Marl.Actors");
        model.Message(7, Graph(policy));
        model.Message(8, new ProtobufWriter().Text(1, "").Integer(2, OperatorSet));
        model.Message(14, new ProtobufWriter().Text(1, "group").Text(2, spec.Group));
        model.Message(14, new ProtobufWriter().Text(1, "action").Text(2, spec.Action.ToString()));
        return model.Written.ToArray();
    }

    /// <summary>Writes the model.</summary>
    /// <exception cref="ArgumentException">The vector does not fit the network: a bug in the caller.</exception>
    public static void WriteTo(Stream stream, SavedPolicy policy) => stream.Write(Write(policy));

    /// <summary>GraphProto: nodes = 1, name = 2, initialisers = 5, inputs = 11, outputs = 12.</summary>
    private static ProtobufWriter Graph(SavedPolicy policy)
    {
        var network = policy.Spec.Network;
        var graph = new ProtobufWriter();
        var current = "observation";
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var isLast = i == network.Layers.Count - 1;
            if (isLast && network.Recurrent is not null)
            {
                current = Remember(graph, current);
            }

            var sum = isLast ? OnnxHead.Sum(policy.Spec.Head) : $"layers.{i}.sum";
            graph.Message(1, Gemm(current, $"layers.{i}", sum));
            if (!isLast)
            {
                current = $"layers.{i}.output";
                graph.Message(1, Node(network.Activation == Activation.Relu ? "Relu" : "Tanh", [sum], current));
            }
        }

        graph.Text(2, policy.Spec.Group);
        foreach (var (name, map) in network.Maps)
        {
            graph.Message(5, Tensor(name + ".weight", [map.Outputs, map.Inputs], policy.Parameters.AsSpan(map.Offset..map.Bias)));
            graph.Message(5, Tensor(name + ".bias", [map.Outputs], policy.Parameters.AsSpan(map.Bias..map.End)));
        }

        graph.Message(11, Value("observation", network.Inputs));
        if (network.Memory > 0)
        {
            graph.Message(11, Value("memory", network.Memory)).Message(12, Value(MemoryAfter, network.Memory));
        }

        OnnxHead.Write(graph, policy.Spec);
        return graph;
    }

    /// <summary>The recurrent unit (<see cref="RecurrentSpec"/>) from single operators: ONNX's own has the gates in another order.</summary>
    private static string Remember(ProtobufWriter graph, string input)
    {
        graph.Message(1, Gemm(input, "memory.input", "memory.given")).Message(1, Gemm("memory", "memory.recurrent", "memory.kept"));
        graph.Message(1, Thirds("memory.given")).Message(1, Thirds("memory.kept"));
        foreach (var (gate, name) in new[] { (0, "reset"), (1, "update") })
        {
            graph.Message(1, Node("Add", [$"memory.given.{gate}", $"memory.kept.{gate}"], $"memory.{name}.sum"));
            graph.Message(1, Node("Sigmoid", [$"memory.{name}.sum"], $"memory.{name}"));
        }

        graph.Message(1, Node("Mul", ["memory.reset", "memory.kept.2"], "memory.proposal.kept"));
        graph.Message(1, Node("Add", ["memory.given.2", "memory.proposal.kept"], "memory.proposal.sum"));
        graph.Message(1, Node("Tanh", ["memory.proposal.sum"], "memory.proposal"));
        graph.Message(1, Node("Sub", ["memory", "memory.proposal"], "memory.difference"));
        graph.Message(1, Node("Mul", ["memory.update", "memory.difference"], "memory.stays"));
        graph.Message(1, Node("Add", ["memory.proposal", "memory.stays"], MemoryAfter));
        return MemoryAfter;
    }

    private static ProtobufWriter Thirds(string input) => Parts(input, [input + ".0", input + ".1", input + ".2"]);

    /// <summary>Equal parts of the columns; the attribute axis is an INT (2).</summary>
    internal static ProtobufWriter Parts(string input, ReadOnlySpan<string> parts)
    {
        var node = new ProtobufWriter().Text(1, input);
        foreach (var part in parts)
        {
            node.Text(2, part);
        }

        return node.Text(3, input + ".split").Text(4, "Split").Message(5, new ProtobufWriter().Text(1, "axis").Integer(3, 1).Integer(20, 2));
    }

    /// <summary>y = x Wᵀ + b; the attribute transB is an INT (2) in AttributeProto: name = 1, i = 3, type = 20.</summary>
    private static ProtobufWriter Gemm(string input, string map, string output) =>
        Node("Gemm", [input, map + ".weight", map + ".bias"], output)
            .Message(5, new ProtobufWriter().Text(1, "transB").Integer(3, 1).Integer(20, 2));

    /// <summary>NodeProto: inputs = 1, outputs = 2, name = 3, operator = 4, attributes = 5.</summary>
    internal static ProtobufWriter Node(string type, ReadOnlySpan<string> inputs, string output)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, output).Text(3, output).Text(4, type);
    }

    /// <summary>TensorProto: dims = 1, data type = 2 (FLOAT is 1), name = 8, raw data = 9.</summary>
    internal static ProtobufWriter Tensor(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        var tensor = new ProtobufWriter();
        foreach (var extent in shape)
        {
            tensor.Integer(1, extent);
        }

        return tensor.Integer(2, 1).Text(8, name).Bytes(9, LittleEndian.Bytes(values));
    }

    /// <summary>ValueInfoProto: name = 1, type = 2 → tensor type = 1 → element type = 1, shape = 2 → dim = 1 → value = 1 or parameter = 2.</summary>
    internal static ProtobufWriter Value(string name, int width)
    {
        var shape = new ProtobufWriter()
            .Message(1, new ProtobufWriter().Text(2, "batch"))
            .Message(1, new ProtobufWriter().Integer(1, width));
        var tensor = new ProtobufWriter().Integer(1, 1).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
