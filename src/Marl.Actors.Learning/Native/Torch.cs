using System.Runtime.InteropServices;
using Marl.Actors.Core.Results;
using TorchSharp;

namespace Marl.Actors.Learning.Native;

/// <summary>
/// The door to libtorch. Everything that uses tensors calls <see cref="EnsureLoaded"/> first; a process that only checks
/// pipelines, simulates or acts never does, and never loads it.
/// </summary>
public static class Torch
{
    /// <summary>There is no libtorch for this system.</summary>
    public const string UnsupportedSystem = "MARL3301";

    /// <summary>libtorch is not in the program's folder.</summary>
    public const string MissingLibrary = "MARL3302";

    /// <summary>libtorch is there, but does not load.</summary>
    public const string UnloadableLibrary = "MARL3303";

    /// <summary>The device that was asked for is not there.</summary>
    public const string MissingDevice = "MARL3304";

    private static readonly Lazy<Result<TorchRuntime>> Loaded = new(Load);

    /// <summary>
    /// Loads libtorch on the first call, with one thread an operation (more is slower for networks of this size, and only one
    /// gives the same bits on every machine). Thread-safe.
    /// </summary>
    /// <returns>How it was loaded, or why not and what to do about it.</returns>
    public static Result<TorchRuntime> EnsureLoaded() => Loaded.Value;

    /// <summary>The named device, <c>cpu</c> or <c>cuda</c>, if this machine and this libtorch have it.</summary>
    public static Result<torch.Device> Device(DeviceType type) => EnsureLoaded().Then(_ =>
        type != DeviceType.CUDA || torch.cuda_is_available()
            ? Result.Success(torch.device(type))
            : Result.Failure<torch.Device>(new Diagnostic(
                MissingDevice,
                SourceSpan.None,
                "There is no CUDA device here, or this build of libtorch has no CUDA.",
                "Write 'device: cpu', or run on a machine with an NVIDIA GPU and the package libtorch-cuda-12.8-linux-x64 in place of libtorch-cpu-linux-x64.")));

    private static Result<TorchRuntime> Load()
    {
        var platform = OperatingSystem.IsLinux() ? OSPlatform.Linux : OperatingSystem.IsWindows() ? OSPlatform.Windows : OSPlatform.OSX;
        if (LibtorchPackage.For(platform, RuntimeInformation.ProcessArchitecture) is not { } package)
        {
            return Failure(
                UnsupportedSystem,
                $"There is no libtorch for {RuntimeInformation.RuntimeIdentifier}.",
                "Write 'backend: fused', which needs none.");
        }

        if (NativeLibraries.Missing(package.Folder) is { } missing)
        {
            var places = $"the program's folder '{AppContext.BaseDirectory}'" + (package.Folder is null ? "" : $" nor in '{package.Folder}'");
            return Failure(MissingLibrary, $"'backend: torch' needs libtorch, but '{missing}' is not in {places}.", package.Remedy);
        }

        if (platform == OSPlatform.Linux)
        {
            // A waiting OpenMP thread must sleep, not spin: spinning makes libtorch 200 times slower on a busy machine.
            LibC.SetEnvironmentVariable("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
        }

        try
        {
            var (folder, isPatched) = NativeLibraries.Load(package.Folder);
            torch.set_num_threads(1);
            return Result.Success(new TorchRuntime(torch.__version__, folder, isPatched));
        }
        catch (Exception exception) when (exception
            is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException or NotSupportedException or TypeInitializationException)
        {
            return Failure(
                UnloadableLibrary,
                $"libtorch does not load: {Reason((exception.InnerException ?? exception).Message)}",
                $"It needs glibc 2.34 and libstdc++ of GCC 12 (Debian 12, Ubuntu 22.04 or newer) and the package {package.Id} {LibtorchPackage.Version}.");
        }
    }

    /// <summary>The loader's own line: .NET puts general advice before it.</summary>
    private static string Reason(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (lines.Length > 1 ? lines[1] : lines.FirstOrDefault() ?? "no reason given").TrimEnd('.') + ".";
    }

    private static Result<TorchRuntime> Failure(string code, string sentence, string remedy) =>
        Result.Failure<TorchRuntime>(new Diagnostic(code, SourceSpan.None, sentence, remedy));
}
