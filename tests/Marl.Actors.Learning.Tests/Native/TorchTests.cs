using System.Runtime.InteropServices;
using Marl.Actors.Learning.Native;
using TorchSharp;

namespace Marl.Actors.Learning.Tests.Native;

[Collection(TorchCollection.Name)]
public sealed class TorchTests
{
    [Fact]
    public void Torch_loads_here_with_one_thread()
    {
        var loaded = Torch.EnsureLoaded();
        Assert.True(loaded.IsSuccess, string.Join("; ", loaded.Diagnostics));
        Assert.StartsWith("2.10", loaded.Value.Version);
        Assert.Equal(1, torch.get_num_threads());
        using var four = torch.ones(2, 2).sum();
        Assert.Equal(4, four.item<float>());
    }

    [Fact]
    public void A_missing_device_is_a_diagnostic()
    {
        if (Torch.EnsureLoaded().IsSuccess && torch.cuda_is_available())
        {
            return; // it is there, so there is nothing to say
        }

        var device = Torch.Device(DeviceType.CUDA);
        Assert.False(device.IsSuccess);
        Assert.Equal(Torch.MissingDevice, device.Diagnostics[0].Code);
        Assert.Contains("device: cpu", device.Diagnostics[0].Remedy);
    }

    [Fact]
    public void Systems_without_libtorch_are_known()
    {
        Assert.Equal("libtorch-cpu-linux-x64", LibtorchPackage.For(OSPlatform.Linux, Architecture.X64)?.Id);
        Assert.Equal("libtorch-cpu-win-x64", LibtorchPackage.For(OSPlatform.Windows, Architecture.X64)?.Id);
        Assert.Equal("libtorch-cpu-osx-arm64", LibtorchPackage.For(OSPlatform.OSX, Architecture.Arm64)?.Id);
        Assert.Null(LibtorchPackage.For(OSPlatform.Linux, Architecture.Arm64));
        Assert.Null(LibtorchPackage.For(OSPlatform.OSX, Architecture.X64));
    }
}
