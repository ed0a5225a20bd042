using Marl.Actors.Core.Stages;
using Marl.Actors.Learning.Native;
using Marl.Actors.Learning.Networks;
using TorchSharp;

namespace Marl.Actors.Algorithms.Groups;

/// <summary>Makes sure, before a learner is made, that what it computes with is there.</summary>
internal static class RequiredBackend
{
    /// <summary>What can't stand together in a learner's options.</summary>
    public static IEnumerable<(string Option, string Sentence)> Conflicts(Backend backend, ComputeDevice device)
    {
        if (device == ComputeDevice.Cuda && backend == Backend.Fused)
        {
            yield return ("device", "The fused backend computes on the CPU only; write 'backend: torch' as well, or 'device: cpu'.");
        }
    }

    /// <summary>Loads libtorch where it is asked for.</summary>
    /// <exception cref="StageException">The backend or the device is not to be had here.</exception>
    public static void Load(Backend backend, ComputeDevice device)
    {
        if (backend == Backend.Torch)
        {
            var found = Torch.Device(device == ComputeDevice.Cuda ? DeviceType.CUDA : DeviceType.CPU);
            if (!found.IsSuccess)
            {
                throw StageException.Of(found.Diagnostics[0]);
            }
        }
    }
}
