using System.Runtime.Intrinsics;
using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
using Marl.Actors.Learning.Losses;
using Marl.Actors.Learning.Networks;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Learning.Mixers;

/// <summary>
/// QMIX: Q = |w₂(s)|ᵀ elu(|W₁(s)| q + b₁(s)) + v(s), so that Q never falls when an agent's value rises; the weights come from
/// networks that see the state. Rashid et al.: QMIX: monotonic value function factorisation, ICML 2018, section 4.1.
/// </summary>
/// <param name="Agents">How many.</param>
/// <param name="State">Width of the state.</param>
/// <param name="Embedding">Width of the hidden layer, E.</param>
/// <param name="Hidden">Hidden layers of the networks that give W₁ and w₂; empty for linear ones.</param>
public sealed record MonotonicMixer(int Agents, int State, int Embedding, Values<int> Hidden) : MixerSpec
{
    /// <summary>In the order of the flat vector: W₁ [agents, E], w₂ [E], b₁ [E], v.</summary>
    internal Values<NetworkSpec> Networks { get; } =
    [
        new(State, Hidden, Agents * Embedding, Activation.Relu),
        new(State, Hidden, Embedding, Activation.Relu),
        new(State, [], Embedding, Activation.Relu),
        new(State, [Embedding], 1, Activation.Relu),
    ];

    /// <inheritdoc/>
    public override int Parameters => Networks.Sum(n => n.Parameters);

    /// <inheritdoc/>
    public override int Totals => 1;

    /// <inheritdoc/>
    public override void Initialise(Span<float> parameters, RandomKey key)
    {
        for (var i = 0; i < Networks.Count; i++)
        {
            Initialisation.Uniform(Networks[i], key.Derive((ulong)i)).CopyTo(parameters);
            parameters = parameters[Networks[i].Parameters..];
        }
    }

    /// <inheritdoc/>
    public override IMixer Create(FlatParameters parameters, int offset, int rows, Backend backend, ComputeDevice device) =>
        new Mixer(this, parameters, offset, rows, backend, device);

    /// <summary>Eight columns of the hidden layer at once, one in each lane; lanes beyond the last column hold zeros, and so add nothing.</summary>
    private sealed class Mixer : IMixer
    {
        private const int Lanes = 8;

        private readonly int agents;
        private readonly int embedding;
        private readonly ITrainableNetwork[] networks;
        private readonly float[] values; // [rows, agents], of the last pass
        private readonly float[] sums;   // [rows, E]: |W₁| q + b₁
        private readonly float[] elus;   // [rows, E]: elu of these
        private readonly float[][] outputs;

        public Mixer(MonotonicMixer spec, FlatParameters parameters, int offset, int rows, Backend backend, ComputeDevice device)
        {
            (agents, embedding) = (spec.Agents, spec.Embedding);
            networks = new ITrainableNetwork[spec.Networks.Count];
            for (var i = 0; i < networks.Length; i++)
            {
                networks[i] = backend.Network(spec.Networks[i], parameters, offset, rows, device);
                offset += spec.Networks[i].Parameters;
            }

            values = new float[rows * agents];
            (sums, elus) = (new float[rows * embedding], new float[rows * embedding]);
            outputs = [.. spec.Networks.Select(n => new float[rows * n.Outputs])];
        }

        public void Look(int rows, ReadOnlySpan<float> states)
        {
            for (var i = 0; i < networks.Length; i++)
            {
                states.CopyTo(networks[i].Inputs);
                networks[i].Forward(rows).CopyTo(outputs[i]);
            }
        }

        public void Mix(int rows, ReadOnlySpan<float> values, Span<float> totals)
        {
            values.CopyTo(this.values);
            for (var row = 0; row < rows; row++)
            {
                var total = Vector256<float>.Zero;
                for (var e = 0; e < embedding; e += Lanes)
                {
                    total += Part(row, e);
                }

                totals[row] = outputs[3][row] + Vector256.Sum(total);
            }
        }

        /// <summary>
        /// With g = ∂loss/∂Q and z = |W₁| q + b₁: ∂v = g, ∂w₂ = g elu(z) sign(w₂), ∂z = g |w₂| elu′(z), ∂b₁ = ∂z, ∂W₁ = q ∂zᵀ sign(W₁),
        /// ∂q = |W₁| ∂z.
        /// </summary>
        public void Blame(int rows, ReadOnlySpan<float> totalGradients, Span<float> valueGradients)
        {
            valueGradients[..(rows * agents)].Clear();
            for (var row = 0; row < rows; row++)
            {
                networks[3].OutputGradients[row] = totalGradients[row];
                for (var e = 0; e < embedding; e += Lanes)
                {
                    BlamePart(row, e, totalGradients[row], valueGradients.Slice(row * agents, agents));
                }
            }
        }

        public void Learn(int rows)
        {
            foreach (var network in networks)
            {
                network.Backward(rows);
            }
        }

        public void Dispose() => Array.ForEach(networks, n => n.Dispose());

        /// <summary>Σ_e |w₂| elu(z) over some columns, lane by lane; keeps z and elu(z).</summary>
        private Vector256<float> Part(int row, int e)
        {
            var count = Math.Min(Lanes, embedding - e);
            var z = Load(outputs[2].AsSpan((row * embedding) + e, count));
            for (var agent = 0; agent < agents; agent++)
            {
                z += Vector256.Abs(Load(outputs[0].AsSpan((((row * agents) + agent) * embedding) + e, count))) * values[(row * agents) + agent];
            }

            var elu = Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<float>.Zero), z, ExpLog.Exp(z) - Vector256<float>.One);
            Store(z, sums.AsSpan((row * embedding) + e, count));
            Store(elu, elus.AsSpan((row * embedding) + e, count));
            return Vector256.Abs(Load(outputs[1].AsSpan((row * embedding) + e, count))) * elu;
        }

        private void BlamePart(int row, int e, float g, Span<float> valueGradients)
        {
            var (at, count) = ((row * embedding) + e, Math.Min(Lanes, embedding - e));
            var (z, elu) = (Load(sums.AsSpan(at, count)), Load(elus.AsSpan(at, count)));
            var second = Load(outputs[1].AsSpan(at, count));
            var slope = Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<float>.Zero), Vector256<float>.One, elu + Vector256<float>.One) * Vector256.Abs(second) * g;
            Store(Sign(second) * elu * g, networks[1].OutputGradients.Slice(at, count));
            Store(slope, networks[2].OutputGradients.Slice(at, count));
            for (var agent = 0; agent < agents; agent++)
            {
                var weights = (((row * agents) + agent) * embedding) + e;
                var first = Load(outputs[0].AsSpan(weights, count));
                Store(Sign(first) * slope * values[(row * agents) + agent], networks[0].OutputGradients.Slice(weights, count));
                valueGradients[agent] += Vector256.Sum(Vector256.Abs(first) * slope);
            }
        }

        /// <summary>1, 0 or −1.</summary>
        private static Vector256<float> Sign(Vector256<float> x) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), Vector256<float>.One, Vector256<float>.Zero)
            - Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.One, Vector256<float>.Zero);

        private static Vector256<float> Load(ReadOnlySpan<float> some)
        {
            if (some.Length == Lanes)
            {
                return Vector256.Create(some);
            }

            Span<float> padded = stackalloc float[Lanes];
            padded.Clear();
            some.CopyTo(padded);
            return Vector256.Create<float>(padded);
        }

        private static void Store(Vector256<float> lanes, Span<float> target)
        {
            if (target.Length == Lanes)
            {
                lanes.CopyTo(target);
                return;
            }

            Span<float> padded = stackalloc float[Lanes];
            lanes.CopyTo(padded);
            padded[..target.Length].CopyTo(target);
        }
    }
}
