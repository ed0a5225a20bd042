using Marl.Actors.Analysis.Files;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Analysis.Tests.Files;

public sealed class RowFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Rows_are_visible_to_others_as_soon_as_they_are_added()
    {
        using var file = RowFile.Begin(folder["a"], "head\n"u8).Value;

        Assert.Equal(9, file.Append("one\n"u8).Value);
        Assert.Equal("head\none\n", File.ReadAllText(folder["a"]));
        Assert.Equal(13, file.Append("two\n"u8).Value);
        Assert.Equal("head\none\ntwo\n", File.ReadAllText(folder["a"]));
    }

    [Fact]
    public void Beginning_replaces_what_was_there()
    {
        File.WriteAllText(folder["a"], new string('x', 1000));
        using var file = RowFile.Begin(folder["a"], "new\n"u8).Value;

        Assert.Equal("new\n", File.ReadAllText(folder["a"]));
    }
}
