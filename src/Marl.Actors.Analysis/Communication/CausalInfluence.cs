namespace Marl.Actors.Analysis.Communication;

/// <summary>What messages do to a listener, found by making it hear others.</summary>
public static class CausalInfluence
{
    private const int GreedyRepeats = 4;

    /// <summary>
    /// Causal influence of communication (Lowe et al., On the pitfalls of measuring emergent communication, AAMAS 2019):
    /// Σ_c Σ_a p(c) p(a | do(c)) ln [p(a | do(c)) / p(a)] in nats, averaged over contexts, with p(a) = Σ_c p(c) p(a | do(c)).
    /// A listener that ignores messages scores 0, one that does something else for each of uniform messages ln min(|C|, |A|).
    /// </summary>
    /// <remarks>
    /// The program published with the paper takes the mean over messages for p(a) in place of this sum, which adds ln |C| to
    /// every score. Bias: it is H(mixture) − Σ p(c) H(answers to c), and an entropy estimated from n tries comes out (K − 1) / 2n
    /// too low, K being the actions that occurred (Miller 1955); with few tries chance looks like influence. The test deals the
    /// tries of each context out to the messages anew.
    /// </remarks>
    public static Estimate Of(Responses responses, Shuffling shuffling) => Test(responses, shuffling, Influence, InfluenceCorrected);

    /// <summary>
    /// Positive listening: by how much hearing something else than the usual message changes what is done. Total variation
    /// Σ_c p(c) ½ Σ_a |p(a | do(c)) − p(a | do(c0))|, averaged over contexts, c0 being the most frequent message.
    /// 0 for a listener that ignores messages; at most 1 − p(c0).
    /// </summary>
    /// <remarks>Corrected: squared differences less the variance that so few tries give them.</remarks>
    public static Estimate Listening(Responses responses, Shuffling shuffling) =>
        Test(responses, shuffling, (r, shares) => Change(r, shares, isCorrected: false), r => Change(r, Shares(r.Counts, r.Tries), isCorrected: true));

    private static Estimate Test(Responses responses, Shuffling shuffling, Func<Responses, double[], double> statistic, Func<Responses, double> corrected)
    {
        if (responses.Contexts == 0)
        {
            return Estimate.None;
        }

        // Of one try each nothing can be dealt out anew. A listener tried but once is a greedy one, which would do the same again.
        var tested = responses.Tries == 1 ? responses.Repeated(GreedyRepeats) : responses;
        var tried = Shares(responses.Counts, responses.Tries);
        var observed = statistic(responses, tried);
        var dealer = new ResponseDealer(tested, shuffling.Key);
        var (chance, p) = shuffling.Of(observed, () =>
        {
            Share(dealer.Deal(), tested.Tries, tried);
            return statistic(tested, tried);
        });
        var count = responses.Contexts * responses.Messages * responses.Tries;
        return responses.Chances is { } chances && statistic(responses, chances) is var known
            ? new(known, known, chance, p, count)
            : new(observed, corrected(responses), chance, p, count);
    }

    private static double[] Shares(int[] counts, int tries)
    {
        var shares = new double[counts.Length];
        Share(counts, tries, shares);
        return shares;
    }

    private static void Share(int[] counts, int tries, double[] shares)
    {
        for (var i = 0; i < counts.Length; i++)
        {
            shares[i] = (double)counts[i] / tries;
        }
    }

    private static double Influence(Responses responses, double[] shares)
    {
        var (messages, actions, sum) = (responses.Messages, responses.Actions, 0.0);
        var mixture = new double[actions];
        for (var first = 0; first < shares.Length; first += messages * actions)
        {
            Array.Clear(mixture);
            for (var cell = 0; cell < messages * actions; cell++)
            {
                mixture[cell % actions] += responses.Weights[cell / actions] * shares[first + cell];
            }

            for (var cell = 0; cell < messages * actions; cell++)
            {
                var (weight, share) = (responses.Weights[cell / actions], shares[first + cell]);
                sum += weight > 0 && share > 0 ? weight * share * Math.Log(share / mixture[cell % actions]) : 0;
            }
        }

        return Math.Max(0, sum / responses.Contexts);
    }

    private static double InfluenceCorrected(Responses responses)
    {
        var (messages, actions, excess) = (responses.Messages, responses.Actions, 0.0);
        var concentration = responses.Weights.Sum(w => w * w); // the mixture rests on n / Σ p(c)² tries
        var isMixed = new bool[actions];
        for (var first = 0; first < responses.Counts.Length; first += messages * actions)
        {
            Array.Clear(isMixed);
            var own = 0.0; // Σ p(c) K(c)
            for (var cell = 0; cell < messages * actions; cell++)
            {
                var weight = responses.Weights[cell / actions];
                if (responses.Counts[first + cell] > 0 && weight > 0)
                {
                    own += weight;
                    isMixed[cell % actions] = true;
                }
            }

            var mixed = isMixed.AsSpan().Count(true);
            excess += Math.Max(0, own - 1 - ((mixed - 1) * concentration)) / (2.0 * responses.Tries);
        }

        return Math.Max(0, Influence(responses, Shares(responses.Counts, responses.Tries)) - (excess / responses.Contexts));
    }

    private static double Change(Responses responses, double[] shares, bool isCorrected)
    {
        var (messages, actions, sum) = (responses.Messages, responses.Actions, 0.0);
        var usual = Array.IndexOf(responses.Weights, responses.Weights.Max());
        for (var first = 0; first < shares.Length; first += messages * actions)
        {
            for (var cell = 0; cell < messages * actions; cell++)
            {
                var (share, before) = (shares[first + cell], shares[first + (usual * actions) + (cell % actions)]);
                var noise = isCorrected && responses.Tries > 1 ? ((share * (1 - share)) + (before * (1 - before))) / (responses.Tries - 1) : 0;
                sum += responses.Weights[cell / actions] * Math.Sqrt(Math.Max(0, ((share - before) * (share - before)) - noise)) / 2;
            }
        }

        return sum / responses.Contexts;
    }
}
