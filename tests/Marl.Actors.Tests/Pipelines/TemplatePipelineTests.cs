using Marl.Actors.Catalogs;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Testing.Snapshots;
using Marl.Actors.Testing.Traces;
using Marl.Actors.Tracing;
using MarlApp;
using Xunit;

namespace Marl.Actors.Tests.Pipelines;

/// <summary>
/// What <c>dotnet new marl</c> hands out is canonical and has the trace it is handed out with. When learning changes, the trace is
/// renewed from here; that a new project passes its tests is shown by those of the packages.
/// </summary>
public sealed class TemplatePipelineTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tools", "Marl.Actors.Templates", "content", "MarlApp", "pipelines");

    private static readonly string File = Path.Combine(Folder, "meeting.yaml");

    [Fact]
    public async Task The_trace_is_the_one_that_is_handed_out()
    {
        var taken = await Traces.TakeAsync(new() { Path = File, Catalog = BuiltIn.Catalog.With(MeetingWorld.Component) });
        Assert.Empty(taken.Diagnostics);
        await TraceSnapshots.Verify(taken.Value, method: "trace", file: File);
    }

    [Fact]
    public void The_file_is_in_canonical_layout()
    {
        var text = System.IO.File.ReadAllText(File);
        Assert.Equal(text, PipelineFormatter.Format(text, "meeting.yaml").Value);
    }

    [Fact]
    public void Nothing_else_is_approved_there() => Assert.Empty(Snapshots.Orphans(Folder, ["meeting.trace"]));
}
