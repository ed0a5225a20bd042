using Marl.Actors.Build.Tests.Projects;

namespace Marl.Actors.Packages.Tests.Packing;

/// <summary>The commands of a user who has these packages: the machine's package folder is not theirs unless a configuration says so.</summary>
public static class UserShell
{
    /// <summary>Builds nothing that outlives it: no compiler server, no waiting MSBuild node.</summary>
    private static readonly string[] Leaving = ["-nodeReuse:false", "-p:UseSharedCompilation=false"];

    /// <summary>The machine's package folder, which the restore of this repository filled.</summary>
    public static string MachinePackages { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Runs a command of <c>dotnet</c> that builds: <c>build</c>, <c>test</c>, <c>msbuild</c>.</summary>
    public static Task<Outcome> BuildAsync(string folder, params string[] arguments) => DotNetAsync(folder, [.. arguments, .. Leaving]);

    /// <summary>Runs a command of <c>dotnet</c>.</summary>
    public static Task<Outcome> DotNetAsync(string folder, params string[] arguments) => Processes.DotNetAsync(folder, arguments, Variables(null));

    /// <summary>Runs a program to its end.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="packages">What the variable NUGET_PACKAGES says; null to leave the folder to the configuration.</param>
    public static Task<Outcome> RunAsync(string folder, string program, string[] arguments, string? packages = null) =>
        Processes.RunAsync(folder, program, arguments, Variables(packages));

    /// <summary>No diff tool opens for failures made on purpose.</summary>
    private static (string, string?)[] Variables(string? packages) => [("NUGET_PACKAGES", packages), ("DiffEngine_Disabled", "true")];
}
