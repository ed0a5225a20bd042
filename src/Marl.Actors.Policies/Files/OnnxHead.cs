using Marl.Actors.Core.Files;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Policies.Files;

/// <summary>From the last layer's outputs to what a model gives: for policies in a box, the action within its bounds.</summary>
internal static class OnnxHead
{
    private const string Outputs = "outputs";

    /// <summary>The name of what the last layer gives.</summary>
    public static string Sum(PolicyHead head) => head switch
    {
        PolicyHead.Categorical => "logits",
        PolicyHead.ActionValue => "values",
        PolicyHead.Deterministic => "mean",
        _ => Outputs,
    };

    /// <summary>Writes the nodes behind the last layer, and the graph's outputs.</summary>
    public static void Write(ProtobufWriter graph, PolicySpec spec)
    {
        if (spec.Action is not Box box)
        {
            graph.Message(12, OnnxFile.Value(Sum(spec.Head), spec.Network.Outputs));
            return;
        }

        if (spec.Head == PolicyHead.SquashedGaussian)
        {
            graph.Message(1, OnnxFile.Parts(Outputs, ["mean", "log-std.free"]));
            Constant(graph, "log-std.least", SquashedGaussian.LeastLogDeviation);
            Constant(graph, "log-std.greatest", SquashedGaussian.GreatestLogDeviation);
            graph.Message(1, OnnxFile.Node("Clip", ["log-std.free", "log-std.least", "log-std.greatest"], "log-std"));
            graph.Message(12, OnnxFile.Value("mean", box.Length)).Message(12, OnnxFile.Value("log-std", box.Length));
        }

        var squash = Squash.Into(box);
        Constant(graph, "action.half", squash.Half);
        Constant(graph, "action.middle", squash.Middle);
        graph.Message(1, OnnxFile.Node("Tanh", ["mean"], "action.normal"));
        graph.Message(1, OnnxFile.Node("Mul", ["action.normal", "action.half"], "action.stretched"));
        graph.Message(1, OnnxFile.Node("Add", ["action.stretched", "action.middle"], "action"));
        graph.Message(12, OnnxFile.Value("action", box.Length));
    }

    private static void Constant(ProtobufWriter graph, string name, double value) => graph.Message(5, OnnxFile.Tensor(name, [], [(float)value]));
}
