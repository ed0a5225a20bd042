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
        var hosts = new TextTable(["node", "stages"]);
        foreach (var host in run.Hosts)
        {
            hosts.Add(host.Node[(host.Node.IndexOf('@') + 1)..], string.Join(", ", host.Stages));
        }

        hosts.Print(screen.Out);
        var edges = new TextTable(["edge", "tokens", "floats"], 1, 2);
        foreach (var edge in run.Edges)
        {
            edges.Add(edge.Edge, Figures.Count(edge.Messages), Figures.Bytes(edge.Bytes));
        }

        edges.Print(screen.Out);
    }
}
