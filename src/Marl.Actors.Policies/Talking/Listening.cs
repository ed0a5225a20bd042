using Marl.Actors.Policies.Acting;

namespace Marl.Actors.Policies.Talking;

/// <summary>What one listener makes of all that arrives in one round. Nothing at all leaves a context of zeros.</summary>
internal static class Listening
{
    /// <summary>Each speaker's word in its own place, as strong as it came.</summary>
    /// <param name="content">[speakers]: words.</param>
    /// <param name="gain">[speakers].</param>
    /// <param name="context">To fill, zeros before: [speakers, words].</param>
    public static void Words(ReadOnlySpan<float> content, ReadOnlySpan<float> gain, Span<float> context)
    {
        var words = context.Length / gain.Length;
        for (var speaker = 0; speaker < gain.Length; speaker++)
        {
            context[(speaker * words) + (int)content[speaker]] = gain[speaker];
        }
    }

    /// <summary>The mean of what arrived. Sukhbaatar, Szlam, Fergus: Learning multiagent communication with backpropagation, NIPS 2016, equation 2.</summary>
    /// <param name="content">[speakers, width].</param>
    /// <param name="gain">[speakers].</param>
    /// <param name="context">To fill, zeros before: [width].</param>
    public static void Mean(ReadOnlySpan<float> content, ReadOnlySpan<float> gain, Span<float> context)
    {
        var arrived = 0;
        for (var speaker = 0; speaker < gain.Length; speaker++)
        {
            if (gain[speaker] == 0)
            {
                continue;
            }

            arrived++;
            for (var i = 0; i < context.Length; i++)
            {
                context[i] += content[(speaker * context.Length) + i];
            }
        }

        for (var i = 0; i < context.Length && arrived > 1; i++)
        {
            context[i] /= arrived;
        }
    }

    /// <summary>
    /// Σ_s α_s v_s with α = softmax(q · k_s / √d) over those that arrived. Das et al.: TarMAC: Targeted multi-agent communication,
    /// ICML 2019, equations 4 and 5.
    /// </summary>
    /// <param name="query">q: [d].</param>
    /// <param name="content">[speakers, d + width]: signature k, then v.</param>
    /// <param name="gain">[speakers].</param>
    /// <param name="weights">To fill with α: [speakers].</param>
    /// <param name="context">To fill, zeros before: [width].</param>
    public static void Attend(ReadOnlySpan<float> query, ReadOnlySpan<float> content, ReadOnlySpan<float> gain, Span<float> weights, Span<float> context)
    {
        var (key, stride) = (query.Length, query.Length + context.Length);
        var greatest = float.NegativeInfinity;
        for (var speaker = 0; speaker < gain.Length; speaker++)
        {
            var sum = 0f;
            for (var i = 0; i < key; i++)
            {
                sum += query[i] * content[(speaker * stride) + i];
            }

            weights[speaker] = gain[speaker] == 0 ? float.NegativeInfinity : sum / MathF.Sqrt(key);
            greatest = Math.Max(greatest, weights[speaker]);
        }

        if (float.IsNegativeInfinity(greatest))
        {
            weights.Clear();
            return;
        }

        var total = 0.0;
        foreach (ref var weight in weights)
        {
            weight = float.IsNegativeInfinity(weight) ? 0 : (float)Elementary.Exp(Math.Max(-700, weight - (double)greatest));
            total += weight;
        }

        for (var speaker = 0; speaker < gain.Length; speaker++)
        {
            weights[speaker] = (float)(weights[speaker] / total);
            for (var i = 0; i < context.Length && weights[speaker] > 0; i++)
            {
                context[i] += weights[speaker] * content[(speaker * stride) + key + i];
            }
        }
    }
}
