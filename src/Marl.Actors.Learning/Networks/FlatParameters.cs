using Marl.Actors.Learning.Networks.Fused;

namespace Marl.Actors.Learning.Networks;

/// <summary>
/// All parameters of a learner as one vector, and their gradients as another, so that clipping, optimisers, saving and
/// sending are loops over one span each. Networks are windows onto it.
/// </summary>
/// <param name="length">Number of parameters.</param>
public sealed class FlatParameters(int length)
{
    private readonly float[] values = GC.AllocateArray<float>(length + MatrixKernel.Slack, pinned: true);
    private readonly float[] gradients = GC.AllocateArray<float>(length + MatrixKernel.Slack, pinned: true);

    /// <summary>Number of parameters.</summary>
    public int Length { get; } = length;

    /// <summary>Counts changes of the values, so that a network knows when what it derived from them is stale.</summary>
    public int Version { get; private set; }

    /// <summary>The parameters, to be read.</summary>
    public ReadOnlySpan<float> Values => values.AsSpan(0, Length);

    /// <summary>The gradients; networks add to them.</summary>
    public Span<float> Gradients => gradients.AsSpan(0, Length);

    /// <summary>The same, for those who keep it.</summary>
    public Memory<float> GradientMemory => gradients.AsMemory(0, Length);

    /// <summary>Memory of the parameters, with slack, for networks' views.</summary>
    internal float[] ValueArray => values;

    /// <summary>Memory of the gradients, with slack, for networks' views.</summary>
    internal float[] GradientArray => gradients;

    /// <summary>The parameters, to be changed; a new <see cref="Version"/> begins.</summary>
    public Span<float> Change()
    {
        Version++;
        return values.AsSpan(0, Length);
    }

    /// <summary>θ⁻ ← θ⁻ + τ (θ − θ⁻): the parameters of target networks move towards others; a rate τ of 1 copies them.</summary>
    public void Follow(ReadOnlySpan<float> leaders, float rate)
    {
        var followers = Change();
        if (rate == 1)
        {
            leaders.CopyTo(followers);
            return;
        }

        for (var i = 0; i < followers.Length; i++)
        {
            followers[i] += rate * (leaders[i] - followers[i]);
        }
    }

    /// <summary>Takes values over from elsewhere, and begins new gradients.</summary>
    public void Take(ReadOnlySpan<float> newValues)
    {
        newValues.CopyTo(Change());
        Gradients.Clear();
    }
}
