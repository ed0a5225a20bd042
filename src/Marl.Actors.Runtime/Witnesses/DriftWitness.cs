using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Cells;

namespace Marl.Actors.Runtime.Witnesses;

/// <summary>
/// Holds a stage that owns parameters to the drift it allows: nobody is answered who is too far ahead of the slowest, and each
/// gradient, or all of one firing together, is one step, unless it is too old. Which version the parameters have, their stamps
/// say; which one a gradient was made with, the gradient.
/// </summary>
internal sealed class DriftWitness
{
    private readonly CellAddress cell;
    private readonly RunWitness run;
    private readonly Drift drift;
    private readonly int gradients;  // input port
    private readonly int parameters; // output port
    private readonly long[] clocks;  // gradients taken, by whose they are; −1 before the first message, which is none
    private long steps;
    private bool isResumed;          // how far they were then, is not known

    private DriftWitness(CellAddress cell, RunWitness run, Drift drift, int gradients, int parameters)
    {
        (this.cell, this.run, this.drift, this.gradients, this.parameters) = (cell, run, drift, gradients, parameters);
        clocks = new long[cell.Node.Types[cell.Instance].Outputs[cell.Node.Component.Outputs[parameters].Name].Count];
        Array.Fill(clocks, -1);
    }

    /// <summary>Where the stage stands, for one that is made anew.</summary>
    public object Mark => (Clocks: (long[])clocks.Clone(), Steps: steps);

    /// <summary>Of a stage; null where it allows any drift, or has nothing to do with gradients.</summary>
    public static DriftWitness? Of(CellAddress cell, RunWitness run)
    {
        var component = cell.Node.Component;
        var gradients = component.Inputs.ToList().FindIndex(p => p.Kind == GradientMessages.Kind);
        var parameters = component.Outputs.ToList().FindIndex(p => p.Kind == ParameterMessages.Kind);
        return component.Drift(cell.Node.Options) is { } drift && gradients >= 0 && parameters >= 0 ? new(cell, run, drift, gradients, parameters) : null;
    }

    /// <summary>The stage goes on from a saved state.</summary>
    public void Resume() => isResumed = true;

    /// <summary>It is made anew.</summary>
    public void Rewind(object? mark)
    {
        var (stood, done) = mark is (long[] Clocks, long Steps) ? (Clocks, Steps) : ([.. clocks.Select(_ => -1L)], 0L);
        stood.CopyTo(clocks, 0);
        steps = done;
    }

    /// <summary>It takes gradients.</summary>
    public void Take(Firing firing)
    {
        var isStep = false;
        for (var lane = 0; lane < firing.Peers(gradients); lane++)
        {
            for (var k = 0; k < firing.Count(gradients, lane); k++)
            {
                var origin = firing[gradients, lane, k][GradientMessages.Origin];
                isStep |= clocks[(int)origin[0]]++ >= 0 && (drift.MostLag is not { } most || steps - (long)origin[1] <= most);
            }
        }

        steps += isStep ? 1 : 0;
    }

    /// <summary>It answers.</summary>
    public void Send(int port, int peer, Message message)
    {
        if (port != parameters || peer < 0 || isResumed)
        {
            return;
        }

        var ahead = clocks[peer] - clocks.Min();
        if (ahead > drift.MostAhead)
        {
            Stale($"lets its reader {peer} go on, {ahead} gradients ahead of the slowest, where {drift.MostAhead} are the most");
        }
        else if (message.Stamp.Update != steps)
        {
            Stale($"hands out version {message.Stamp.Update} of its parameters where {steps} steps were due{(drift.MostLag is { } most ? $" (a gradient that is {most} steps old still is one, an older one is not)" : "")}");
        }
    }

    private void Stale(string what) => run.Report(this, WitnessCodes.Stale, cell.Node.Where, $"'{cell.Name}' {what}.");
}
