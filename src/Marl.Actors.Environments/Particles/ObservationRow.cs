namespace Marl.Actors.Environments.Particles;

/// <summary>Writes what one body sees in one copy, from left to right, rounded to single precision.</summary>
/// <param name="state">All bodies.</param>
/// <param name="copy">The copy looked at.</param>
/// <param name="viewer">The body that looks: offsets are relative to it.</param>
/// <param name="row">Where to write.</param>
internal ref struct ObservationRow(ParticleState state, int copy, int viewer, Span<float> row)
{
    private readonly Span<float> row = row;
    private int next;

    /// <summary>One number.</summary>
    public void Number(double value) => row[next++] = (float)value;

    /// <summary>Several numbers.</summary>
    public void Numbers(scoped ReadOnlySpan<float> values)
    {
        values.CopyTo(row[next..]);
        next += values.Length;
    }

    /// <summary>Zeros, for what is hidden.</summary>
    public void Nothing(int count)
    {
        row.Slice(next, count).Clear();
        next += count;
    }

    /// <summary>A body's velocity.</summary>
    public void Velocity(int body)
    {
        var at = state.At(body, copy);
        Number(state.VelocityX[at]);
        Number(state.VelocityY[at]);
    }

    /// <summary>A body's position.</summary>
    public void Position(int body)
    {
        var at = state.At(body, copy);
        Number(state.X[at]);
        Number(state.Y[at]);
    }

    /// <summary>A body's position as seen from the viewer.</summary>
    public void Offset(int body)
    {
        var (at, self) = (state.At(body, copy), state.At(viewer, copy));
        Number(state.X[at] - state.X[self]);
        Number(state.Y[at] - state.Y[self]);
    }

    /// <summary>The offsets of <paramref name="count"/> bodies from <paramref name="first"/> on, the viewer left out.</summary>
    public void Offsets(int first, int count)
    {
        for (var body = first; body < first + count; body++)
        {
            if (body != viewer)
            {
                Offset(body);
            }
        }
    }

    /// <summary>What an agent said last.</summary>
    public void Words(int agent, int words)
    {
        for (var word = 0; word < words; word++)
        {
            Number(state.Utterance[state.At(agent, word, copy)]);
        }
    }
}
