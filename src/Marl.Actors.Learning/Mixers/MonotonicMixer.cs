using Marl.Actors.Core.Randomness;
using Marl.Actors.Core.Results;
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

    private sealed class Mixer : IMixer
    {
        private readonly int agents;
        private readonly int embedding;
        private readonly ITrainableNetwork[] networks;
        private readonly float[] values; // [rows, agents], of the last pass
        private readonly float[] sums;   // [rows, E]: |W₁| q + b₁
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
            sums = new float[rows * embedding];
            outputs = [.. spec.Networks.Select(n => new float[rows * n.Outputs])];
        }

        public void Forward(int rows, ReadOnlySpan<float> values, ReadOnlySpan<float> states, Span<float> totals)
        {
            values.CopyTo(this.values);
            for (var i = 0; i < networks.Length; i++)
            {
                states.CopyTo(networks[i].Inputs);
                networks[i].Forward(rows).CopyTo(outputs[i]);
            }

            for (var row = 0; row < rows; row++)
            {
                totals[row] = Total(row);
            }
        }

        /// <summary>
        /// With g = ∂loss/∂Q and z = |W₁| q + b₁: ∂v = g, ∂w₂ = g elu(z) sign(w₂), ∂z = g |w₂| elu′(z), ∂b₁ = ∂z, ∂W₁ = q ∂zᵀ sign(W₁),
        /// ∂q = |W₁| ∂z.
        /// </summary>
        public void Backward(int rows, ReadOnlySpan<float> totalGradients, Span<float> valueGradients)
        {
            for (var row = 0; row < rows; row++)
            {
                Row(row, totalGradients[row], valueGradients.Slice(row * agents, agents));
            }

            foreach (var network in networks)
            {
                network.Backward(rows);
            }
        }

        public void Dispose() => Array.ForEach(networks, n => n.Dispose());

        private static float Elu(float x) => x > 0 ? x : MathF.Exp(x) - 1;

        private static float EluSlope(float x) => x > 0 ? 1 : MathF.Exp(x);

        private float Total(int row)
        {
            var first = outputs[0].AsSpan(row * agents * embedding);
            var second = outputs[1].AsSpan(row * embedding, embedding);
            var bias = outputs[2].AsSpan(row * embedding, embedding);
            var z = sums.AsSpan(row * embedding, embedding);
            var total = outputs[3][row];
            for (var e = 0; e < embedding; e++)
            {
                var sum = bias[e];
                for (var agent = 0; agent < agents; agent++)
                {
                    sum += MathF.Abs(first[(agent * embedding) + e]) * values[(row * agents) + agent];
                }

                z[e] = sum;
                total += MathF.Abs(second[e]) * Elu(sum);
            }

            return total;
        }

        private void Row(int row, float g, Span<float> valueGradients)
        {
            var first = outputs[0].AsSpan(row * agents * embedding);
            var second = outputs[1].AsSpan(row * embedding, embedding);
            var z = sums.AsSpan(row * embedding, embedding);
            var firstGradients = networks[0].OutputGradients[(row * agents * embedding)..];
            var secondGradients = networks[1].OutputGradients[(row * embedding)..];
            var biasGradients = networks[2].OutputGradients[(row * embedding)..];
            networks[3].OutputGradients[row] = g;
            valueGradients.Clear();
            for (var e = 0; e < embedding; e++)
            {
                secondGradients[e] = g * Elu(z[e]) * MathF.Sign(second[e]);
                var slope = g * MathF.Abs(second[e]) * EluSlope(z[e]);
                biasGradients[e] = slope;
                for (var agent = 0; agent < agents; agent++)
                {
                    var weight = first[(agent * embedding) + e];
                    firstGradients[(agent * embedding) + e] = slope * values[(row * agents) + agent] * MathF.Sign(weight);
                    valueGradients[agent] += MathF.Abs(weight) * slope;
                }
            }
        }
    }
}
