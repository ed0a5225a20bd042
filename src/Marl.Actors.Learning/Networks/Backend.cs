using Marl.Actors.Learning.Networks.Fused;
using Marl.Actors.Policies.Networks;
using TorchSharp;

namespace Marl.Actors.Learning.Networks;

/// <summary>What computes networks and their gradients.</summary>
public enum Backend
{
    /// <summary>One vectorised kernel on the CPU, in cache-sized blocks (<see cref="FusedNetwork"/>). Needs no libtorch.</summary>
    Fused,

    /// <summary>libtorch, on the CPU or on a GPU (<see cref="TorchNetwork"/>).</summary>
    Torch,
}

/// <summary>Where networks are computed.</summary>
public enum ComputeDevice
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,
}

/// <summary>Makes trainable networks.</summary>
public static class Backends
{
    private const int BlockRows = 128; // activations of 64 columns fill half of a first-level cache of 64 KB and less of the second

    /// <summary>A network over the parameters from <paramref name="offset"/> on.</summary>
    public static ITrainableNetwork Network(this Backend backend, NetworkSpec spec, FlatParameters parameters, int offset, int rows, ComputeDevice device) =>
        backend == Backend.Fused
            ? new FusedNetwork(spec, parameters, offset, rows)
            : new TorchNetwork(spec, parameters, offset, rows, device == ComputeDevice.Cuda ? DeviceType.CUDA : DeviceType.CPU);

    /// <summary>
    /// How many steps of <paramref name="rowsPerStep"/> rows each to compute at once, of <paramref name="steps"/>: all of them on
    /// Torch, whose calls are dear; on the kernel as many as stay in the cache.
    /// </summary>
    public static int BlockSteps(this Backend backend, int rowsPerStep, int steps) =>
        backend == Backend.Torch ? steps : Math.Min(steps, Math.Max(8, BlockRows / rowsPerStep / 8 * 8));
}
