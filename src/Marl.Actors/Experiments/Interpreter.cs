namespace Marl.Actors.Experiments;

/// <summary>What carries a run. Determinate pipelines give the same results, to the bit, under all of them.</summary>
public enum Interpreter
{
    /// <summary>Akka.NET actors in this process; with a schedule, all on one thread in the order it draws.</summary>
    Local,

    /// <summary>No actors: one thread moves every token and fires every stage, in the order a schedule draws.</summary>
    Simulated,

    /// <summary>Akka.NET actors in several processes: worker processes of the run's own, or nodes of a cluster that is there.</summary>
    Cluster,
}
