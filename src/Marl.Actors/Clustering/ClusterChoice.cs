using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Security;

namespace Marl.Actors.Clustering;

/// <summary>Where a run that spans processes finds them.</summary>
public sealed record ClusterChoice
{
    /// <summary>A node of a cluster that is there already; null for worker processes of the run's own.</summary>
    public NodeAddress? Join { get; init; }

    /// <summary>Worker processes to start on this machine; 0 where a cluster is joined.</summary>
    public int Processes { get; init; }

    /// <summary>How a worker process is started; null for a run that joins a cluster.</summary>
    public WorkerCommand? Worker { get; init; }

    /// <summary>Where this process listens; null for the side of the machine that <see cref="Join"/> is on, or loopback.</summary>
    public NodeAddress? Listen { get; init; }

    /// <summary>What is shown to the others and who is believed; null for no TLS, which loopback alone may do without.</summary>
    public Credentials? Credentials { get; init; }

    /// <summary>This process may listen where other machines reach it although there are no <see cref="Credentials"/>.</summary>
    public bool IsInsecure { get; init; }

    /// <summary>How fast silence is taken for death.</summary>
    public Vigilance Vigilance { get; init; } = Vigilance.Patient;

    /// <summary>How long to wait for nodes that the pipeline needs.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Told what happens to nodes and workers, in a sentence.</summary>
    public Action<string>? Told { get; init; }
}

/// <summary>A program that becomes a worker when it is given what stands after <c>marl node</c>.</summary>
/// <param name="Program">The executable.</param>
/// <param name="Arguments">What stands before the node's own arguments.</param>
public sealed record WorkerCommand(string Program, Values<string> Arguments)
{
    /// <summary>The program that runs now, as it was started, with the word that makes it a node.</summary>
    /// <param name="word">As in <c>node</c>.</param>
    public static WorkerCommand OfThisProgram(string word)
    {
        var program = Environment.ProcessPath!;
        var isHost = Path.GetFileNameWithoutExtension(program) == "dotnet";
        return new(program, isHost ? [Environment.GetCommandLineArgs()[0], word] : [word]);
    }
}
