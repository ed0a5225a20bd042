using System.CommandLine;
using System.CommandLine.Parsing;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Clustering;
using Marl.Actors.Experiments;
using Marl.Actors.Runtime.Cluster.Nodes;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>--processes</c>, <c>--cluster</c> and what belongs to them: runs that span processes.</summary>
internal sealed class ClusterOptions
{
    private const int MostProcesses = 256;

    private readonly Option<long?> processes = Arguments.Whole("--processes", "Starts so many worker processes on this machine and runs the stages in them.", 1);
    private readonly Option<NodeAddress?> cluster = Address("--cluster", "Runs the stages on the nodes of the cluster that this node belongs to; see marl node.");
    private readonly Option<double> wait = new("--wait")
    {
        Description = "How long to wait for nodes that the pipeline needs.", HelpName = "SECONDS", DefaultValueFactory = _ => 60,
    };

    /// <summary>Where a node listens.</summary>
    public Option<NodeAddress?> Listen { get; } = Address("--listen", "Where this process listens, by the name others call it by; port 0 takes a free one. When left out, on the side of the node it joins, or on 127.0.0.1.");

    /// <summary>Who may speak with it.</summary>
    public SecurityOptions Security { get; } = new();

    /// <summary>Silence that is put up with.</summary>
    public Option<double> Pause { get; } = new("--heartbeat-pause")
    {
        Description = "Silence of a node that is put up with before it is given up. Short on quiet machines, long on busy ones.", HelpName = "SECONDS", DefaultValueFactory = _ => 10,
    };

    /// <summary>An option whose value is an address.</summary>
    public static Option<NodeAddress?> Address(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "HOST:PORT",
        CustomParser = given => NodeAddress.Parse(given.Tokens[0].Value).Match<NodeAddress?>(address => address, problems =>
        {
            given.AddError($"{name}: {problems[0].Sentence} {problems[0].Remedy}");
            return null;
        }),
    };

    /// <summary>How fast silence is taken for death.</summary>
    public static Vigilance Vigilance(double pause) => new(
        TimeSpan.FromSeconds(Math.Clamp(pause / 8, 0.1, 1)), TimeSpan.FromSeconds(pause), TimeSpan.FromSeconds(Math.Clamp(pause / 2, 1, 20)));

    /// <summary>Adds them to a command, with what can't stand together.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(processes);
        command.Options.Add(cluster);
        command.Options.Add(Listen);
        command.Options.Add(wait);
        command.Options.Add(Pause);
        Security.AddTo(command);
        command.Validators.Add(given =>
        {
            var isSpread = given.GetResult(processes) is not null || given.GetResult(cluster) is not null;
            var problem = given.GetResult(processes) is not null && given.GetResult(cluster) is not null ? "Give either --processes or --cluster."
                : isSpread && given.GetResult("--interpreter") is OptionResult { Implicit: false } ? "--interpreter says how one process runs it: it can't stand beside --processes or --cluster."
                : null;
            if (problem is not null)
            {
                given.AddError(problem);
            }
        });
    }

    /// <summary>The interpretation, spread over processes where that was asked for.</summary>
    public Interpretation Of(ParseResult given, Interpretation interpretation, Screen screen)
    {
        var join = given.GetValue(cluster);
        return given.GetValue(processes) is null && join is null ? interpretation : interpretation with
        {
            Interpreter = Interpreter.Cluster,
            Cluster = new()
            {
                Join = join,
                Processes = (int)Math.Min(given.GetValue(processes) ?? 0, MostProcesses),
                Worker = WorkerCommand.OfThisProgram("node"),
                Listen = given.GetValue(Listen),
                Credentials = Security.Of(given),
                IsInsecure = Security.IsInsecure(given),
                Vigilance = Vigilance(given.GetValue(Pause)),
                Patience = TimeSpan.FromSeconds(given.GetValue(wait)),
                Told = sentence => screen.Error.Writer.WriteLine(sentence),
            },
        };
    }
}
