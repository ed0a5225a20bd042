using System.Runtime.CompilerServices;
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

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Mix(int rows, ReadOnlySpan<float> values, Span<float> totals)
        {
            values.CopyTo(this.values);
            for (var row = 0; row < rows; row++)
            {
                var total = Vector256<float>.Zero;
                for (var e = 0; e < embedding; e += Lanes)
                {
                    var (at, count) = ((row * embedding) + e, Math.Min(Lanes, embedding - e));
                    var z = Load(outputs[2], at, count);
                    for (var agent = row * agents; agent < (row + 1) * agents; agent++)
                    {
                        z += Vector256.Abs(Load(outputs[0], (agent * embedding) + e, count)) * this.values[agent];
                    }

                    var elu = Vector256.ConditionalSelect(Vector256.GreaterThan(z, Vector256<float>.Zero), z, ExpLog.Exp(z) - Vector256<float>.One);
                    Store(z, sums, at, count);
                    Store(elu, elus, at, count);
                    total += Vector256.Abs(Load(outputs[1], at, count)) * elu;
                }

                totals[row] = outputs[3][row] + Vector256.Sum(total);
            }
        }

        /// <summary>
        /// With g = ∂loss/∂Q and z = |W₁| q + b₁: ∂v = g, ∂w₂ = g elu(z) sign(w₂), ∂z = g |w₂| elu′(z), ∂b₁ = ∂z, ∂W₁ = q ∂zᵀ sign(W₁),
        /// ∂q = |W₁| ∂z.
        /// </summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Blame(int rows, ReadOnlySpan<float> totalGradients, Span<float> valueGradients)
        {
            var (one, zero) = (Vector256<float>.One, Vector256<float>.Zero);
            var firstGradients = networks[0].OutputGradients;
            var secondGradients = networks[1].OutputGradients;
            var biasGradients = networks[2].OutputGradients;
            totalGradients[..rows].CopyTo(networks[3].OutputGradients);
            valueGradients[..(rows * agents)].Clear();
            for (var row = 0; row < rows; row++)
            {
                var g = totalGradients[row];
                for (var e = 0; e < embedding; e += Lanes)
                {
                    var (at, count) = ((row * embedding) + e, Math.Min(Lanes, embedding - e));
                    var (elu, second) = (Load(elus, at, count), Load(outputs[1], at, count));
                    var slope = Vector256.ConditionalSelect(Vector256.GreaterThan(Load(sums, at, count), zero), one, elu + one) * Vector256.Abs(second) * g;
                    Store(Sign(second) * elu * g, secondGradients, at, count);
                    Store(slope, biasGradients, at, count);
                    for (var agent = row * agents; agent < (row + 1) * agents; agent++)
                    {
                        var first = Load(outputs[0], (agent * embedding) + e, count);
                        Store(Sign(first) * slope * values[agent], firstGradients, (agent * embedding) + e, count);
                        valueGradients[agent] += Vector256.Sum(Vector256.Abs(first) * slope);
                    }
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

        /// <summary>1, 0 or −1.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<float> Sign(Vector256<float> x) =>
            Vector256.ConditionalSelect(Vector256.GreaterThan(x, Vector256<float>.Zero), Vector256<float>.One, Vector256<float>.Zero)
            - Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), Vector256<float>.One, Vector256<float>.Zero);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static Vector256<float> Load(float[] from, int at, int count) =>
            count == Lanes ? Vector256.LoadUnsafe(ref from[at]) : LoadSome(from.AsSpan(at, count));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static void Store(Vector256<float> lanes, Span<float> target, int at, int count)
        {
            if (count == Lanes)
            {
                lanes.StoreUnsafe(ref target[at]);
            }
            else
            {
                StoreSome(lanes, target.Slice(at, count));
            }
        }

        private static Vector256<float> LoadSome(ReadOnlySpan<float> some)
        {
            Span<float> padded = stackalloc float[Lanes];
            padded.Clear();
            some.CopyTo(padded);
            return Vector256.Create<float>(padded);
        }

        private static void StoreSome(Vector256<float> lanes, Span<float> target)
        {
            Span<float> padded = stackalloc float[Lanes];
            lanes.CopyTo(padded);
            padded[..target.Length].CopyTo(target);
        }
    }
}
