using Marl.Actors.Core.Randomness;

namespace Marl.Actors.Coordination.Populations;

/// <summary>The settings of all members, and how they are drawn, moved and measured.</summary>
internal sealed class SettingTable
{
    private readonly PbtOptions options;
    private readonly int width;

    /// <summary>
    /// The first settings: as given; or drawn so that each setting has one member in each of as many equal stretches of its range
    /// (McKay, Beckman, Conover, Technometrics 1979).
    /// </summary>
    public SettingTable(PbtOptions options, int members, RandomStream random)
    {
        (this.options, width) = (options, options.Settings.Count);
        Values = new double[members * width];
        if (options.First.Count > 0)
        {
            options.First.AsSpan().CopyTo(Values);
            return;
        }

        var stretches = new int[members];
        for (var setting = 0; setting < width; setting++)
        {
            for (var i = 0; i < members; i++)
            {
                stretches[i] = i;
            }

            random.Shuffle(stretches.AsSpan());
            for (var i = 0; i < members; i++)
            {
                Values[(i * width) + setting] = At(setting, (stretches[i] + random.NextDouble()) / members);
            }
        }
    }

    /// <summary>[members, settings].</summary>
    public double[] Values { get; }

    /// <summary>
    /// How far the members are apart: the standard deviation over them, in decades of a logarithmic scale or in parts of a linear
    /// range, as the mean over settings.
    /// </summary>
    public double Spread
    {
        get
        {
            var sum = 0.0;
            for (var setting = 0; setting < width; setting++)
            {
                var places = Enumerable.Range(0, Values.Length / width).Select(member => Place(setting, Values[(member * width) + setting])).ToArray();
                var mean = places.Average();
                sum += Math.Sqrt(places.Average(p => (p - mean) * (p - mean)));
            }

            return sum / width;
        }
    }

    /// <summary>A member's settings.</summary>
    public void Write(int seat, Span<float> target)
    {
        for (var setting = 0; setting < width; setting++)
        {
            target[setting] = (float)Values[(seat * width) + setting];
        }
    }

    /// <summary>Members move with their settings, unless those stay with the seat; copies explore.</summary>
    public void Follow(Exchange exchange, ref RandomStream random)
    {
        double[] before = [.. Values];
        for (var seat = 0; seat < exchange.From.Length; seat++)
        {
            var from = options.Inherit == Inheritance.All ? exchange.From[seat] : seat;
            for (var setting = 0; setting < width; setting++)
            {
                var value = before[(from * width) + setting];
                Values[(seat * width) + setting] = exchange.IsCopy[seat] ? Explored(setting, value, ref random) : value;
            }
        }
    }

    private double Explored(int setting, double value, ref RandomStream random)
    {
        var (lot, coin, place) = (random.NextDouble(), random.NextDouble(), random.NextDouble()); // as many draws, whatever they say
        return lot < options.Resample ? At(setting, place)
            : options.Perturbation == 0 ? value
            : Math.Clamp(value * (coin < 0.5 ? 1 - options.Perturbation : 1 + options.Perturbation), options.Low[setting], options.High[setting]);
    }

    /// <summary>The value at a part of the range.</summary>
    private double At(int setting, double part)
    {
        var (low, high) = (options.Low[setting], options.High[setting]);
        return options.Scale == SettingScale.Logarithmic ? low * Math.Pow(high / low, part) : low + ((high - low) * part);
    }

    private double Place(int setting, double value)
    {
        var (low, high) = (options.Low[setting], options.High[setting]);
        return options.Scale == SettingScale.Logarithmic ? Math.Log10(value) : high > low ? (value - low) / (high - low) : 0;
    }
}
