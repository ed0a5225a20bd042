using Marl.Actors.Environments;
using Marl.Actors.Testing.Snapshots;
using Marl.Actors.Testing.Worlds;
using Xunit;

namespace Marl.Actors.Tests.Worlds;

/// <summary>Every built-in world has a playthrough, committed beside this file as a document.</summary>
public sealed class PlaythroughTests
{
    public static TheoryData<string> Names => [.. Worlds];

    private static IEnumerable<string> Worlds => BuiltInEnvironments.All.Select(c => c.Id["environment/".Length..]);

    [Theory]
    [MemberData(nameof(Names))]
    public Task The_playthrough_is_the_verified_one(string name)
    {
        var component = BuiltInEnvironments.All.Single(c => c.Id == "environment/" + name);
        var world = BuiltInEnvironments.Create(component.Id, component.Options.Create(new Dictionary<string, object>()), copies: 1);
        return Snapshots.Verify(Playthrough.Of(world), method: "playthrough", file: Path.Combine(Snapshots.Folder(), name + ".world"));
    }

    [Fact]
    public void No_playthrough_is_left_without_its_world() =>
        Assert.Empty(Snapshots.Orphans(Snapshots.Folder(), Worlds.Select(name => name + ".playthrough")));
}
