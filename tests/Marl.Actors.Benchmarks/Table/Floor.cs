using System.Diagnostics;
using Marl.Actors.Learning.Mixers;
using Marl.Actors.Learning.Networks.Fused;
using Marl.Actors.Policies.Networks;

namespace Marl.Actors.Benchmarks.Table;

/// <summary>
/// What the matrix products of a step cost if nothing else did: their floating-point operations over what this machine's cores
/// reach together, at the same moment, with the kernel's product of the commonest shape (128×64 by 64×64, in the nearest
/// cache).
/// </summary>
internal static class Floor
{
    private const int Rows = 128;
    private const int Width = 64;

    /// <summary>FLOP of a row's way forward.</summary>
    public static double Forward(NetworkSpec network) => 2.0 * network.Layers.Sum(l => l.Inputs * l.Outputs);

    /// <summary>FLOP of a row's way back to the parameters; nobody asks for the gradient at the inputs.</summary>
    public static double Backward(NetworkSpec network) => (2 * Forward(network)) - (2.0 * network.Layers[0].Inputs * network.Layers[0].Outputs);

    /// <summary>FLOP of PPO for one step of one agent: it acts, is judged, and is learned from in each epoch.</summary>
    /// <param name="policy">How it acts.</param>
    /// <param name="critic">What judges it.</param>
    /// <param name="epochs">Passes.</param>
    public static double Ppo(NetworkSpec policy, NetworkSpec critic, int epochs) =>
        Forward(policy) + Forward(critic) + (epochs * (Forward(policy) + Backward(policy) + Forward(critic) + Backward(critic)));

    /// <summary>FLOP of QMIX for one transition of a batch: online and target networks forward, the online ones back.</summary>
    public static double Qmix(NetworkSpec agent, MonotonicMixer mixer) =>
        (mixer.Agents * ((2 * Forward(agent)) + Backward(agent))) + mixer.Networks.Sum(n => (2 * Forward(n)) + Backward(n));

    /// <summary>FLOP a second of several threads together: the best of some tries.</summary>
    public static double Rate(int threads, Scale scale)
    {
        var best = 0.0;
        for (var i = 0; i < scale.Repetitions; i++)
        {
            var started = Stopwatch.GetTimestamp();
            var done = new double[threads];
            var workers = Enumerable.Range(0, threads).Select(i => new Thread(() => done[i] = Multiply(scale.Seconds(0.4)))).ToArray();
            Array.ForEach(workers, w => w.Start());
            Array.ForEach(workers, w => w.Join());
            best = Math.Max(best, done.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return best;
    }

    /// <summary>The floor beside a figure, in words.</summary>
    /// <param name="flops">FLOP of a step.</param>
    /// <param name="rate">FLOP a second.</param>
    /// <param name="figure">Steps a second.</param>
    public static string Words(double flops, double rate, double figure) =>
        $"floor {rate / flops:#,0} by {flops / 1e6:0.00} MFLOP a step at {rate / 1e9:0} GFLOP/s; share {figure * flops / rate:0%}";

    private static double Multiply(double seconds)
    {
        float[] New() => [.. Enumerable.Range(0, (Rows * Width) + MatrixKernel.Slack).Select(i => i % 7 / 7f)];
        var (a, b, c) = (New(), New(), New());
        var (started, done) = (Stopwatch.GetTimestamp(), 0.0);
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < seconds)
        {
            for (var i = 0; i < 50; i++)
            {
                MatrixKernel.Widest.Multiply(new(ref a[0], Width), new(ref b[0], Width), new(ref b[0], 0), new(ref c[0], Width), Rows, Width, Width);
                done += 2.0 * Rows * Width * Width;
            }
        }

        return done;
    }
}
