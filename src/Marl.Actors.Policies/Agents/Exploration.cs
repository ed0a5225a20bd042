using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Spaces;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Policies.Agents;

/// <summary>What agents that explore have in common. Environment steps are counted over all copies.</summary>
internal static class Exploration
{
    /// <summary>Environment steps before a vector step.</summary>
    public static double Steps(StageContext context, Stamp stamp, int copies) =>
        (((double)stamp.Update * context.Iteration) + stamp.Step) * copies;

    /// <summary>A straight line from one value to another in so many steps, and flat behind; 0 steps begin at the end.</summary>
    public static double Line(double start, double end, long length, double steps) =>
        start + ((end - start) * (length > 0 ? Math.Min(1, steps / length) : 1));

    /// <summary>The vector step is one of the first of a training run, in which agents act at random.</summary>
    public static bool IsUniform(StageContext context, Stamp stamp, int copies, long warmup) =>
        context.Purpose != Purpose.Evaluation && Steps(context, stamp, copies) < warmup;

    /// <summary>Any actions of a box, each as likely as the other.</summary>
    public static void Uniform(Box action, ref RandomStream random, Span<float> chosen)
    {
        foreach (ref var component in chosen)
        {
            component = (float)random.Uniform(action.Low, action.High);
        }
    }

    /// <summary>An output that must be a number.</summary>
    /// <exception cref="ArithmeticException">It is none: the network has diverged.</exception>
    public static float Finite(float output) =>
        float.IsFinite(output) ? output : throw new ArithmeticException($"An output of the policy is {output}: the network has diverged.");
}
