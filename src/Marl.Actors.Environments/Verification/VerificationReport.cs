using Marl.Actors.Core.Results;

namespace Marl.Actors.Environments.Verification;

/// <summary>How far one field of a world lies from a recording.</summary>
/// <param name="Field"><c>observations</c>, <c>rewards</c>, <c>positions</c>, <c>terminated</c> and so on (flags count as 0 and 1).</param>
/// <param name="Greatest">Greatest absolute difference of a number; infinite where one side is not finite.</param>
/// <param name="Compared">Numbers compared.</param>
/// <param name="Where">Where the greatest difference is: <c>episodes_discrete[1].steps[3].obs.agent_0[5]</c>; "" without any difference.</param>
public sealed record FieldDeviation(string Field, double Greatest, long Compared, string Where);

/// <summary>A recorded trajectory, stepped through one of our worlds.</summary>
/// <param name="File">The recording.</param>
/// <param name="Environment">What the recording says it is: <c>simple_spread_v3</c>.</param>
/// <param name="World">The world that was stepped: <c>environment/simple-spread</c>.</param>
/// <param name="Source">The program that made the recording.</param>
/// <param name="Integration">The integration order used; "" where the world has none.</param>
/// <param name="Episodes">Episodes compared.</param>
/// <param name="Steps">Steps compared, over all episodes.</param>
/// <param name="Fields">Every compared field, always the same ones in the same order.</param>
public sealed record VerificationReport(
    string File, string Environment, string World, string Source, string Integration, int Episodes, int Steps, Values<FieldDeviation> Fields)
{
    /// <summary>The greatest deviation of any field.</summary>
    public double Greatest => Fields.Max(f => f.Greatest);

    /// <summary>True when no number deviates by more than <paramref name="tolerance"/>.</summary>
    public bool Holds(double tolerance) => Greatest <= tolerance;
}
