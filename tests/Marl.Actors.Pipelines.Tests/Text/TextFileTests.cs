using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Model;
using Marl.Actors.Pipelines.Text;
using Xunit;

namespace Marl.Actors.Pipelines.Tests.Text;

public sealed class TextFileTests
{
    [Fact]
    public void A_missing_file_suggests_its_neighbours()
    {
        using var folder = new TestFolder();
        folder.Write("mappo.yaml", "pipeline: x"u8.ToArray());

        var fault = Read(Path.Combine(folder.Path, "mapo.yaml"));
        Assert.Equal((TextCodes.FileNotFound, "Did you mean 'mappo.yaml'?"), (fault.Code, fault.Remedy));
        Assert.StartsWith("There is no folder", Read(Path.Combine(folder.Path, "none", "mapo.yaml")).Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no\0name.yaml")]
    public void Impossible_names_are_missing_files(string path) => Assert.Equal(TextCodes.FileNotFound, Read(path).Code);

    [Fact]
    public void A_directory_is_named_as_one()
    {
        using var folder = new TestFolder();
        Assert.Equal(TextCodes.IsDirectory, Read(folder.Path).Code);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_named_as_one()
    {
        using var folder = new TestFolder();
        var path = folder.Write("locked.yaml", "pipeline: x"u8.ToArray());
        using var holder = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Assert.Equal(TextCodes.Unreadable, Read(path).Code);
    }

    [Fact]
    public void An_endless_device_is_too_large()
    {
        if (File.Exists("/dev/zero"))
        {
            Assert.Equal(TextCodes.TooLarge, Read("/dev/zero").Code);
        }
    }

    private static Diagnostic Read(string path)
    {
        var fault = Assert.Single(PipelineReader.Read(path).Diagnostics);
        DiagnosticRules.Hold(fault, path);
        return fault;
    }
}
