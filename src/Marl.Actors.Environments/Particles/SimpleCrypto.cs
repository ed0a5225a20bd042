using Marl.Actors.Core.Options;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Worlds;

namespace Marl.Actors.Environments.Particles;

/// <summary>The options of <c>environment/simple-crypto</c>.</summary>
public sealed record SimpleCryptoOptions(
    [ParticleOption.MaxSteps] int MaxSteps = 25,
    [Option("Which of position and velocity moves first; nothing moves here.")] IntegrationOrder Integration = IntegrationOrder.PositionFirst,
    [Option("Four discrete words, or four numbers in 0..1.")] ActionForm Actions = ActionForm.Discrete);

/// <summary>
/// simple-crypto: Alice tells Bob a secret that Eve overhears; Alice and Bob share a key. Lowe et al., NeurIPS 2017;
/// <c>simple_crypto_v3</c> of mpe2. With s the secret and c what a listener says, Eve is paid −|c_Eve − s|², Alice and Bob
/// |c_Eve − s|² − |c_Bob − s|²; who says nothing at all counts nothing.
/// </summary>
internal sealed class SimpleCrypto : ParticleWorld
{
    private const int Eve = 0;
    private const int Bob = 1;
    private const int Alice = 2;
    private const int Words = 4;
    private const int FirstLandmark = 3;
    private const int Secret = 0; // the goals
    private const int Key = 1;

    private static readonly ParticleScene Bodies = new(
        [new("eve-0", 0.05, "#bf4040", Speaks: true), new("bob-0", 0.05, "#4040bf", Speaks: true), new("alice-0", 0.05, "#404040", Speaks: true)],
        [new("landmark-0", 0.05, "#a62626"), new("landmark-1", 0.05, "#26a626")],
        Words);

    // Secrets and keys are landmarks' colours: unit vectors.
    private static readonly float[][] Codes = [[1, 0, 0, 0], [0, 1, 0, 0]];

    public SimpleCrypto(SimpleCryptoOptions options, int copies)
        : base(Bodies, options.Integration, options.Actions, copies, (Alice, "goal_a"), (Alice, "key")) =>
        Spec = SpecOf(options.MaxSteps, [Words, 2 * Words, 2 * Words]);

    /// <inheritdoc/>
    public override WorldSpec Spec { get; }

    /// <inheritdoc/>
    public override void Reset(int copy, ref RandomStream random)
    {
        DrawGoal(copy, ref random, Secret);
        DrawGoal(copy, ref random, Key);
        Scatter(copy, ref random);
    }

    /// <inheritdoc/>
    protected override void Pay(Span<float> rewards, Span<float> terminated)
    {
        for (var copy = 0; copy < Copies; copy++)
        {
            var (eve, bob) = (Error(Eve, copy), Error(Bob, copy));
            rewards[copy] = (float)-eve;
            rewards[Copies + copy] = (float)(eve - bob);
            rewards[(2 * Copies) + copy] = (float)(eve - bob);
        }
    }

    /// <inheritdoc/>
    protected override void See(int agent, int copy, Span<float> row)
    {
        var seen = new ObservationRow(Particles, copy, agent, row);
        if (agent == Alice)
        {
            seen.Numbers(Code(copy, Secret));
        }

        if (agent != Eve)
        {
            seen.Numbers(Code(copy, Key));
        }

        if (agent != Alice)
        {
            seen.Words(Alice, Words);
        }
    }

    private float[] Code(int copy, int goal) => Codes[Goal(copy, goal) - FirstLandmark];

    // |c − s|², or 0 for silence.
    private double Error(int agent, int copy)
    {
        var secret = Code(copy, Secret);
        var (error, isSilent) = (0.0, true);
        for (var word = 0; word < Words; word++)
        {
            var said = Particles.Utterance[Particles.At(agent, word, copy)];
            error += (said - secret[word]) * (said - secret[word]);
            isSilent &= said == 0;
        }

        return isSilent ? 0 : error;
    }
}
