using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Checkpoints;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Checkpoints;

public sealed class CheckpointFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("marl-checkpoint-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_written_is_read_back()
    {
        var path = CheckpointFile.Write(folder, Sample()).Value;
        var read = CheckpointFile.Read(path).Value;
        Assert.Equal(("p", 3L, 40L, 5120L), (read.Pipeline, read.Seed, read.VectorSteps, read.EnvironmentSteps));
        Assert.Equal([1.5f, -2f], read.Cells["world"].Get<float>("x"));
    }

    [Fact]
    public void Every_flipped_bit_and_every_cut_is_noticed()
    {
        var path = CheckpointFile.Write(folder, Sample()).Value;
        var good = File.ReadAllBytes(path);
        for (var i = 0; i < good.Length; i++)
        {
            var bad = good.ToArray();
            bad[i] ^= 4;
            File.WriteAllBytes(path, bad);
            Assert.False(CheckpointFile.Read(path).IsSuccess, $"byte {i}");
            File.WriteAllBytes(path, good[..i]);
            Assert.Equal(CheckpointCodes.Damaged, Assert.Single(CheckpointFile.Read(path).Diagnostics).Code);
        }
    }

    [Fact]
    public void An_empty_folder_and_a_missing_one_say_so()
    {
        Assert.Equal(CheckpointCodes.None, Assert.Single(CheckpointFile.ReadNewest(folder).Diagnostics).Code);
        Assert.Equal(CheckpointCodes.None, Assert.Single(CheckpointFile.ReadNewest(Path.Combine(folder, "none")).Diagnostics).Code);
    }

    [Fact]
    public void A_file_in_the_folder_s_place_is_a_diagnostic()
    {
        var file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        Assert.False(CheckpointFile.Write(Path.Combine(file, "checkpoints"), Sample()).IsSuccess);
    }

    private static Checkpoint Sample()
    {
        var world = new StageSnapshot();
        world.Put<float>("x", [1.5f, -2f]);
        return new("p", 3, 40, 5120, new Dictionary<string, StageSnapshot> { ["world"] = world });
    }
}
