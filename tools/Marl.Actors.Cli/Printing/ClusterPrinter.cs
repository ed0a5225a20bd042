using Marl.Actors.Runtime.Cluster.Status;

namespace Marl.Actors.Cli.Printing;

/// <summary>A cluster, and what runs on it, for people.</summary>
internal static class ClusterPrinter
{
    /// <summary>Prints a report.</summary>
    public static void Print(Screen screen, ClusterReport report)
    {
        var nodes = new TextTable(["node", "roles", "state"]);
        foreach (var member in report.Members)
        {
            nodes.Add(member.Node, string.Join(", ", member.Roles), member.State);
        }

        nodes.Print(screen.Out);
        if (report.Fenced > 0)
        {
            screen.Line($"{Figures.Count(report.Fenced)} frames of epochs that are over were dropped.");
        }

        foreach (var run in report.Runs)
        {
            Print(screen, run);
        }

        if (report.Runs.Count == 0)
        {
            screen.Line("Nothing runs.");
        }
    }

    private static void Print(Screen screen, RunReport run)
    {
        screen.Line("");
        var saved = run.Checkpoint.Length == 0 ? "nothing saved in this epoch" : $"saved as {Path.GetFileName(run.Checkpoint)}";
        screen.Line($"{run.Pipeline}, epoch {run.Epoch}, {Figures.Count(run.Steps)} steps, {saved}");
        if (run.Lost.Count > 0)
        {
            screen.Line($"lost so far: {string.Join(", ", run.Lost.GroupBy(Short).Select(l => l.Count() == 1 ? l.Key : $"{l.Key} ({l.Count()} times)"))}");
        }

        var hosts = new TextTable(["node", "stages"]);
        foreach (var host in run.Hosts)
        {
            hosts.Add(Short(host.Node), string.Join(", ", host.Stages));
        }

        hosts.Print(screen.Out);
        var edges = new TextTable(["edge", "tokens", "floats", "lag"], 1, 2, 3);
        foreach (var edge in run.Edges)
        {
            edges.Add(edge.Edge, Figures.Count(edge.Messages), Figures.Bytes(edge.Bytes), edge.Lag < 0 ? "" : Figures.Count(edge.Lag));
        }

        edges.Print(screen.Out);
    }

    /// <summary>HOST:PORT of an actor system's address.</summary>
    private static string Short(string node) => node[(node.IndexOf('@') + 1)..];
}
