using System.Numerics;
using System.Runtime.InteropServices;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Environments.Particles;

/// <summary>
/// Positions, velocities, forces and utterances of all copies as structure of arrays, double precision: [body, lane], one lane
/// a copy. Lanes are filled up to a multiple of <see cref="LaneBlock"/>, so that every vector width divides a row and the
/// saved state does not depend on the machine; in the lanes beyond the copies the bodies rest far apart.
/// </summary>
internal sealed class ParticleState
{
    /// <summary>Rows are a multiple of this many lanes: the widest vector of doubles (512 bits).</summary>
    public const int LaneBlock = 8;

    private const double Apart = 10;

    private readonly ParticleScene scene;

    public ParticleState(ParticleScene scene, int copies)
    {
        this.scene = scene;
        Copies = copies;
        Lanes = (copies + LaneBlock - 1) / LaneBlock * LaneBlock;
        var length = scene.Bodies.Count * Lanes;
        (X, Y, VelocityX, VelocityY) = (new double[length], new double[length], new double[length], new double[length]);
        (ForceX, ForceY) = (new double[length], new double[length]);
        Utterance = new double[scene.Agents.Count * scene.Words * Lanes];
        for (var body = 0; body < scene.Bodies.Count; body++)
        {
            X.AsSpan(body * Lanes, Lanes).Fill(body * Apart);
        }
    }

    public int Copies { get; }

    /// <summary>Length of a row: <see cref="Copies"/> rounded up.</summary>
    public int Lanes { get; }

    public double[] X { get; }

    public double[] Y { get; }

    public double[] VelocityX { get; }

    public double[] VelocityY { get; }

    /// <summary>Forces of the step being computed; not part of the state between steps.</summary>
    public double[] ForceX { get; }

    /// <inheritdoc cref="ForceX"/>
    public double[] ForceY { get; }

    /// <summary>[agent, word, lane]: what each agent said last (MPE: <c>state.c</c>).</summary>
    public double[] Utterance { get; }

    /// <summary>Position of a body's value in a field.</summary>
    public int At(int body, int copy) => (body * Lanes) + copy;

    /// <summary>Position of a word in <see cref="Utterance"/>.</summary>
    public int At(int agent, int word, int copy) => (((agent * scene.Words) + word) * Lanes) + copy;

    /// <summary>The row of a body.</summary>
    public Span<double> Row(double[] field, int body) => field.AsSpan(body * Lanes, Lanes);

    /// <summary>The row of a body, by vectors of whatever width the machine has; element-wise work gives the same bits with any.</summary>
    public Span<Vector<double>> Vectors(double[] field, int body) => MemoryMarshal.Cast<double, Vector<double>>(Row(field, body));

    /// <summary>Puts a body somewhere, at the given velocity.</summary>
    public void Place(int copy, int body, double x, double y, double velocityX = 0, double velocityY = 0)
    {
        var at = At(body, copy);
        (X[at], Y[at], VelocityX[at], VelocityY[at]) = (x, y, velocityX, velocityY);
    }

    /// <summary>How far apart the centres of two bodies are.</summary>
    public double Distance(int first, int second, int copy) => Math.Sqrt(SquaredDistance(first, second, copy));

    /// <summary>The square of their distance.</summary>
    public double SquaredDistance(int first, int second, int copy)
    {
        var (a, b) = (At(first, copy), At(second, copy));
        var (dx, dy) = (X[a] - X[b], Y[a] - Y[b]);
        return (dx * dx) + (dy * dy);
    }

    /// <summary>Whether two bodies overlap.</summary>
    public bool Touch(int first, int second, int copy) =>
        Distance(first, second, copy) < scene.Bodies[first].Radius + scene.Bodies[second].Radius;

    /// <summary>Silences all agents of a copy.</summary>
    public void Hush(int copy)
    {
        for (var at = copy; at < Utterance.Length; at += Lanes)
        {
            Utterance[at] = 0;
        }
    }

    public void Save(StageSnapshot snapshot)
    {
        snapshot.Put<double>("particles.x", X);
        snapshot.Put<double>("particles.y", Y);
        snapshot.Put<double>("particles.velocity-x", VelocityX);
        snapshot.Put<double>("particles.velocity-y", VelocityY);
        snapshot.Put<double>("particles.utterance", Utterance);
    }

    public void Load(StageSnapshot snapshot)
    {
        snapshot.GetInto<double>("particles.x", X);
        snapshot.GetInto<double>("particles.y", Y);
        snapshot.GetInto<double>("particles.velocity-x", VelocityX);
        snapshot.GetInto<double>("particles.velocity-y", VelocityY);
        snapshot.GetInto<double>("particles.utterance", Utterance);
    }
}
