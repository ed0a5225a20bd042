using Marl.Actors.Policies.Acting;
using Marl.Actors.Policies.Agents;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Leagues;

/// <summary>How the seats of a world act, as their networks say.</summary>
internal sealed class SeatBehaviour
{
    private readonly PolicySpec[] seats;
    private readonly int[] policyOf; // by seat
    private readonly int[] placeOf;  // by seat: among those of its policy
    private readonly ForwardPass[] networks; // by policy
    private readonly float[] inputs;
    private readonly float[] logits;

    /// <param name="seats">The policy at each seat.</param>
    public SeatBehaviour(PolicySpec[] seats)
    {
        this.seats = seats;
        var groups = seats.Select(s => s.Group).Distinct().ToList();
        policyOf = [.. seats.Select(s => groups.IndexOf(s.Group))];
        placeOf = [.. seats.Select((s, i) => seats.Take(i).Count(before => before.Group == s.Group))];
        networks = [.. groups.Select(g => new ForwardPass(seats.First(s => s.Group == g).Network))];
        inputs = new float[seats.Max(s => s.Network.Inputs)];
        logits = new float[seats.Max(s => s.Network.Outputs)];
    }

    /// <summary>Takes parameters, by policy.</summary>
    public void Load(float[][] parameters)
    {
        for (var policy = 0; policy < networks.Length; policy++)
        {
            networks[policy].Load(parameters[policy]);
        }
    }

    /// <summary>p(a) ∝ exp(logit a) over the allowed actions.</summary>
    public void Behave(int player, ReadOnlySpan<float> observation, ReadOnlySpan<int> actions, Span<double> probabilities)
    {
        var spec = seats[player];
        ObservationRows.Write(spec, placeOf[player], observation, inputs.AsSpan(0, spec.Network.Inputs));
        var said = logits.AsSpan(0, spec.Network.Outputs);
        networks[policyOf[player]].Run(inputs.AsSpan(0, spec.Network.Inputs), said);
        var (greatest, sum) = (double.NegativeInfinity, 0.0);
        foreach (var action in actions)
        {
            greatest = Math.Max(greatest, said[action]);
        }

        for (var i = 0; i < actions.Length; i++)
        {
            sum += probabilities[i] = Math.Exp(said[actions[i]] - greatest);
        }

        foreach (ref var probability in probabilities)
        {
            probability /= sum;
        }
    }
}
