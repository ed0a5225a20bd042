namespace Marl.Actors.FloorPlan.Tests;

/// <summary>One row of the floor plan.</summary>
/// <param name="References">Projects it may reference.</param>
/// <param name="Packages">Packages it may reference.</param>
internal sealed record Room(string[] References, string[] Packages);

/// <summary>
/// The floor plan: what a project may reference. Two facts fix it. Whatever references TorchSharp grows by hundreds of
/// megabytes, so neither a checker nor a process that only simulates and acts may. And algorithms stay testable as functions
/// only while Akka can't reach them.
/// </summary>
internal static class Plan
{
    private const string Core = "Marl.Actors.Core";
    private const string Pipelines = "Marl.Actors.Pipelines";
    private const string Environments = "Marl.Actors.Environments";
    private const string Policies = "Marl.Actors.Policies";
    private const string Experience = "Marl.Actors.Experience";
    private const string Coordination = "Marl.Actors.Coordination";
    private const string Learning = "Marl.Actors.Learning";
    private const string Algorithms = "Marl.Actors.Algorithms";
    private const string Runtime = "Marl.Actors.Runtime";
    private const string Analysis = "Marl.Actors.Analysis";
    private const string All = "Marl.Actors";
    private const string Kit = "Marl.Actors.Testing";
    private const string PipelineKit = "Marl.Actors.Testing.Pipelines";

    /// <summary>The rows of <c>src/</c> and <c>tools/</c>.</summary>
    public static IReadOnlyDictionary<string, Room> Rooms { get; } = new Dictionary<string, Room>
    {
        [Core] = new([], []),
        [Pipelines] = new([Core], ["YamlDotNet"]),
        [Environments] = new([Core], []),
        [Policies] = new([Core], []), // acting is a kernel of our own: ONNX Runtime only in its tests
        [Experience] = new([Core], []),
        [Coordination] = new([Core, Policies, Experience], []),
        ["Marl.Actors.Games"] = new([Core], ["Google.OrTools", "MathNet.Numerics"]),
        [Learning] = new([Core, Policies, Experience], ["TorchSharp"]),
        [Algorithms] = new([Core, Policies, Experience, Learning], ["TorchSharp"]),
        [Runtime] = new([Core, Pipelines], ["Akka", "Akka.Cluster", "Akka.Hosting", "Microsoft.Extensions.Hosting"]), // Dataflow is part of .NET
        [Analysis] = new([Core], ["ScottPlot", "Parquet.Net", "MathNet.Numerics"]),
        [All] = new(
            [Core, Pipelines, Environments, Policies, Experience, Coordination, "Marl.Actors.Games", Learning, Algorithms, Runtime, Analysis],
            ["Serilog", "Serilog.Extensions.Logging", "Serilog.Sinks.Console", "Serilog.Sinks.File"]),
        [Kit] = new([Core], ["DiffEngine", "Verify.Xunit"]), // Core only, so that every test project may use it
        [PipelineKit] = new([All, Kit], []),
        // It knows every built-in component as BuiltIn.cs lists them (a linked file: one list), and so all rooms that declare some.
        // TorchSharp is left out of it: declarations are asked, stages never made. A build test checks all pipelines without it.
        ["Marl.Actors.Build"] = new([Core, Pipelines, Environments, Policies, Coordination, Algorithms], []),
        ["Marl.Actors.Templates"] = new([], []), // a project of a user's, packed as it is
        ["Marl.Actors.Cli"] = new([All], ["System.CommandLine", "Spectre.Console"]),
    };

    /// <summary>What may lie at the top.</summary>
    public static IReadOnlySet<string> TopLevel { get; } = new HashSet<string>
    {
        "src", "tools", "pipelines", "tests", "Marl.Actors.sln", "README.md", "LICENSE",
        ".ci", ".config", ".editorconfig", ".gitattributes", ".gitignore", "global.json", "nuget.config",
        "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props",
    };

    /// <summary>Projects in <c>tests/</c> that mirror no single project.</summary>
    public static IReadOnlySet<string> TestsOfTheWhole { get; } = new HashSet<string>
    {
        "Marl.Actors.FloorPlan.Tests", "Marl.Actors.Traces.Tests", "Marl.Actors.Build.Tests", "Marl.Actors.Packages.Tests", "Marl.Actors.Benchmarks",
    };

    /// <summary>Projects of users, which tests copy out of the repository and build there: they live by the users' rules.</summary>
    public static IReadOnlyList<string> Samples { get; } = ["tests/Marl.Actors.Packages.Tests/Samples/", "tests/Marl.Actors.Build.Tests/Samples/", "tools/Marl.Actors.Templates/content/"];

    /// <summary>Projects whose tests stand elsewhere.</summary>
    public static IReadOnlySet<string> TestedElsewhere { get; } = new HashSet<string> 
    {
        Kit, // in Core's tests
        PipelineKit, // in those of the whole
        "Marl.Actors.Templates", // in those of the packages
    };

    /// <summary>Projects that hold pure logic: no files written, no clock, no global generator, no sleeping, no sockets.</summary>
    public static IReadOnlyList<string> Pure { get; } =
        [Core, Pipelines, Environments, Policies, Experience, Coordination, "Marl.Actors.Games", Learning, Algorithms];

    /// <summary>Files of pure projects that must touch the outside all the same.</summary>
    public static IReadOnlySet<string> Windows { get; } = new HashSet<string>
    {
        "src/Marl.Actors.Core/Files/WholeFile.cs", // the primitive itself; its callers are Runtime, Analysis and the tools
        "src/Marl.Actors.Core/Files/Durable.cs",
        "src/Marl.Actors.Learning/Native/NativeLibraries.cs", // repairs libtorch in a temporary folder before loading it
    };

    /// <summary>The longest a source file may be, in lines.</summary>
    public const int LongestFile = 300;
}
