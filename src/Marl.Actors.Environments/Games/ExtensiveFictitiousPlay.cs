namespace Marl.Actors.Environments.Games;

/// <summary>
/// Fictitious play on a tree: both answer the other's average with a best response, and the average takes it in with weight
/// 1 / (t + 1), by realisation weights. Heinrich, Lanctot, Silver, Fictitious self-play in extensive-form games, ICML 2015
/// (XFP). It begins with uniform play.
/// </summary>
internal sealed class ExtensiveFictitiousPlay(GameTree tree)
{
    private int iterations;

    /// <summary>The average policy.</summary>
    public double[] Average { get; private set; } = tree.Uniform();

    /// <summary>One iteration: both answer the average of before.</summary>
    public void Iterate()
    {
        iterations++;
        var answer = BestResponse.Both(tree, Average);
        var newest = 1.0 / (iterations + 1);
        Average = Mixture.Of(tree, [Average, answer], [1 - newest, newest]);
    }
}
