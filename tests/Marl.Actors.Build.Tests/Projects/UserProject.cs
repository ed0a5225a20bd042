using Marl.Actors.Testing.Files;

namespace Marl.Actors.Build.Tests.Projects;

/// <summary>
/// A project of a user's, outside the repository. The package's props and targets are imported where NuGet would import them,
/// so that nothing has to be restored; one test takes the package itself.
/// </summary>
internal sealed class UserProject : IDisposable
{
    private static readonly string[] Plain = ["-nologo", "-m:1", "-nodeReuse:false", "-p:UseAppHost=false", "-p:RunAnalyzers=false", "-clp:NoSummary"];

    private readonly TemporaryFolder around = new();

    /// <summary>Makes the folder.</summary>
    /// <param name="package">The package.</param>
    /// <param name="name">The folder's name.</param>
    public UserProject(BuildPackage package, string name = "app")
    {
        Folder = around[name];
        Write("Directory.Build.props", $"""<Project><Import Project="{package.Content}/build/Marl.Actors.Build.props" /></Project>""");
        Write("Directory.Build.targets", $"""<Project><Import Project="{package.Content}/build/Marl.Actors.Build.targets" /></Project>""");
    }

    /// <summary>Where it is.</summary>
    public string Folder { get; }

    /// <summary>The path of something in it.</summary>
    public string this[string name] => Path.Combine(Folder, name);

    /// <summary>A program that stands on the assemblies the checker carries; they are those of the packages.</summary>
    public static string Project(BuildPackage package, string properties = "", string items = "", string framework = "<TargetFramework>net10.0</TargetFramework>") => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            {framework}
            <RootNamespace>Demo</RootNamespace>
            <Nullable>enable</Nullable>
            <ImplicitUsings>enable</ImplicitUsings>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <GenerateDocumentationFile>true</GenerateDocumentationFile>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            <Reference Include="{package.Content}/tools/net10.0/Marl.Actors.*.dll;{package.Content}/tools/net10.0/YamlDotNet.dll" />
            {items}
          </ItemGroup>
        </Project>
        """;

    /// <summary>The program that trains agents on simple-spread, and its pipeline.</summary>
    public static UserProject Spread(BuildPackage package, string name = "app") => new UserProject(package, name)
        .Write("app.csproj", Project(package))
        .WithSample("Program.cs")
        .WithSample("spread.yaml", "pipelines/mappo-spread.yaml");

    /// <summary>Copies a file of this test project's samples.</summary>
    public UserProject WithSample(string name, string? target = null) =>
        Write(target ?? name, File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Samples", name)));

    /// <summary>Writes a file.</summary>
    public UserProject Write(string name, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[name])!);
        File.WriteAllText(this[name], text);
        return this;
    }

    /// <summary>Changes a file; the text must be there.</summary>
    public UserProject Change(string name, string old, string replacement)
    {
        var text = File.ReadAllText(this[name]);
        Xunit.Assert.Contains(old, text);
        return Write(name, text.Replace(old, replacement));
    }

    /// <summary>Builds, with a restore before it.</summary>
    public Task<Outcome> BuildAsync(params string[] arguments) => Processes.DotNetAsync(Folder, ["build", .. Plain, .. arguments]);

    /// <summary>Builds what has been restored already.</summary>
    public Task<Outcome> RebuildAsync(params string[] arguments) => BuildAsync(["--no-restore", .. arguments]);

    /// <summary>Builds where the checker cannot be started: what succeeds has not tried to.</summary>
    public Task<Outcome> BuildWithoutCheckerAsync(params string[] arguments) => RebuildAsync(["-p:MarlDotNetHost=no-such-program", .. arguments]);

    /// <summary>Runs the program that was built.</summary>
    public Task<Outcome> RunAsync(string program = "bin/Debug/net10.0/app.dll") => Processes.DotNetAsync(Folder, [this[program]]);

    public void Dispose() => around.Dispose();
}
