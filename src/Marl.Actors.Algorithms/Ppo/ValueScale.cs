using Marl.Actors.Core.Stages;
using Marl.Actors.Experience.Moments;

namespace Marl.Actors.Algorithms.Ppo;

/// <summary>The unit a critic's values are learned in: value = μ + σ · output, with the moments of its targets.</summary>
internal sealed class ValueScale(ValueNormalisation kind)
{
    private readonly RunningMoments running = new(1);
    private readonly ExponentialMoments exponential = new();

    /// <summary>μ.</summary>
    public double Mean => kind switch
    {
        ValueNormalisation.Running => running.Mean[0],
        ValueNormalisation.Exponential => exponential.Mean,
        _ => 0,
    };

    /// <summary>σ.</summary>
    public double Deviation => kind switch
    {
        ValueNormalisation.Running => Math.Sqrt(running.Variance[0] + 1e-8),
        ValueNormalisation.Exponential => Math.Sqrt(exponential.Variance),
        _ => 1,
    };

    /// <summary>Takes new targets into the moments.</summary>
    public void Update(ReadOnlySpan<float> targets)
    {
        if (kind == ValueNormalisation.Running)
        {
            running.Update(targets);
        }
        else if (kind == ValueNormalisation.Exponential)
        {
            exponential.Update(targets);
        }
    }

    /// <summary>Values to outputs, in place.</summary>
    public void Normalise(Span<float> values)
    {
        var (mean, scale) = (Mean, 1 / Deviation);
        foreach (ref var value in values)
        {
            value = (float)((value - mean) * scale);
        }
    }

    /// <summary>Outputs to values, in place.</summary>
    public void Denormalise(Span<float> outputs)
    {
        var (mean, deviation) = (Mean, Deviation);
        foreach (ref var output in outputs)
        {
            output = (float)((output * deviation) + mean);
        }
    }

    /// <summary>Its six numbers, as bytes.</summary>
    public byte[] Pack()
    {
        var snapshot = new StageSnapshot();
        Save(snapshot, "scale");
        return [.. snapshot.Entries.Values.SelectMany(bytes => bytes)];
    }

    /// <summary>Takes them over.</summary>
    public void Unpack(byte[] bytes)
    {
        var (own, snapshot, at) = (new StageSnapshot(), new StageSnapshot(), 0);
        Save(own, "scale");
        foreach (var (name, entry) in own.Entries)
        {
            snapshot.PutBytes(name, bytes[at..(at += entry.Length)]);
        }

        Load(snapshot, "scale");
    }

    public void Save(StageSnapshot snapshot, string name)
    {
        running.Save(snapshot, name + ".running");
        exponential.Save(snapshot, name + ".exponential");
    }

    public void Load(StageSnapshot snapshot, string name)
    {
        running.Load(snapshot, name + ".running");
        exponential.Load(snapshot, name + ".exponential");
    }
}
