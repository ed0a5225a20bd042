using Marl.Actors.Core.Files;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Files;

/// <summary>
/// A policy as an ONNX model, which ONNX Runtime, Unity and many others run: input <c>observation</c> [batch, inputs], output
/// <c>logits</c> [batch, actions], one Gemm a layer. Field numbers: onnx/onnx, <c>onnx/onnx.proto</c>; operator set 17.
/// </summary>
public static class OnnxFile
{
    private const int IrVersion = 8; // the version that goes with operator set 17
    private const int OperatorSet = 17;

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
            var sum = isLast ? "logits" : $"layers.{i}.sum";
            graph.Message(1, Gemm(current, i, sum));
            if (!isLast)
            {
                current = $"layers.{i}.output";
                graph.Message(1, Node(network.Activation == Activation.Relu ? "Relu" : "Tanh", [sum], current));
            }
        }

        graph.Text(2, policy.Spec.Group);
        for (var i = 0; i < network.Layers.Count; i++)
        {
            var layer = network.Layers[i];
            graph.Message(5, Tensor($"layers.{i}.weight", [layer.Outputs, layer.Inputs], policy.Parameters.AsSpan(layer.Offset..layer.Bias)));
            graph.Message(5, Tensor($"layers.{i}.bias", [layer.Outputs], policy.Parameters.AsSpan(layer.Bias..layer.End)));
        }

        return graph.Message(11, Value("observation", network.Inputs)).Message(12, Value("logits", network.Outputs));
    }

    /// <summary>y = x Wᵀ + b; the attribute transB is an INT (2) in AttributeProto: name = 1, i = 3, type = 20.</summary>
    private static ProtobufWriter Gemm(string input, int layer, string output) =>
        Node("Gemm", [input, $"layers.{layer}.weight", $"layers.{layer}.bias"], output)
            .Message(5, new ProtobufWriter().Text(1, "transB").Integer(3, 1).Integer(20, 2));

    /// <summary>NodeProto: inputs = 1, outputs = 2, name = 3, operator = 4, attributes = 5.</summary>
    private static ProtobufWriter Node(string type, ReadOnlySpan<string> inputs, string output)
    {
        var node = new ProtobufWriter();
        foreach (var input in inputs)
        {
            node.Text(1, input);
        }

        return node.Text(2, output).Text(3, output).Text(4, type);
    }

    /// <summary>TensorProto: dims = 1, data type = 2 (FLOAT is 1), name = 8, raw data = 9.</summary>
    private static ProtobufWriter Tensor(string name, ReadOnlySpan<int> shape, ReadOnlySpan<float> values)
    {
        var tensor = new ProtobufWriter();
        foreach (var extent in shape)
        {
            tensor.Integer(1, extent);
        }

        return tensor.Integer(2, 1).Text(8, name).Bytes(9, LittleEndian.Bytes(values));
    }

    /// <summary>ValueInfoProto: name = 1, type = 2 → tensor type = 1 → element type = 1, shape = 2 → dim = 1 → value = 1 or parameter = 2.</summary>
    private static ProtobufWriter Value(string name, int width)
    {
        var shape = new ProtobufWriter()
            .Message(1, new ProtobufWriter().Text(2, "batch"))
            .Message(1, new ProtobufWriter().Integer(1, width));
        var tensor = new ProtobufWriter().Integer(1, 1).Message(2, shape);
        return new ProtobufWriter().Text(1, name).Message(2, new ProtobufWriter().Message(1, tensor));
    }
}
