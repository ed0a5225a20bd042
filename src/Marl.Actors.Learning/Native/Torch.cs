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

    /// <summary>The package with libtorch for a system; null when there is none.</summary>
    internal static string? Package(OSPlatform platform, Architecture architecture) =>
        platform == OSPlatform.Linux && architecture == Architecture.X64 ? "libtorch-cpu-linux-x64"
        : platform == OSPlatform.Windows && architecture == Architecture.X64 ? "libtorch-cpu-win-x64"
        : platform == OSPlatform.OSX && architecture == Architecture.Arm64 ? "libtorch-cpu-osx-arm64"
        : null;

    private static Result<TorchRuntime> Load()
    {
        var platform = OperatingSystem.IsLinux() ? OSPlatform.Linux : OperatingSystem.IsWindows() ? OSPlatform.Windows : OSPlatform.OSX;
        if (Package(platform, RuntimeInformation.ProcessArchitecture) is not { } package)
        {
            return Failure(
                UnsupportedSystem,
                $"There is no libtorch for {RuntimeInformation.RuntimeIdentifier}.",
                "Learn on linux-x64, win-x64 or osx-arm64; checking, simulating and acting work here.");
        }

        return platform == OSPlatform.Linux ? LoadOnLinux(package) : Begin("", isPatched: false, package);
    }

    private static Result<TorchRuntime> LoadOnLinux(string package)
    {
        var folder = NativeLibraries.BridgeFolder;
        if ((folder is null ? "libLibTorchSharp.so" : NativeLibraries.Missing(folder)) is { } missing)
        {
            return Failure(
                MissingLibrary,
                $"libtorch is not complete in the program's folder '{AppContext.BaseDirectory}': '{missing}' is missing.",
                $"Reference the package {package} 2.10.0 in the project that runs, and build it again.");
        }

        // A waiting OpenMP thread must sleep, not spin: spinning makes libtorch 200 times slower on a busy machine.
        LibC.SetEnvironmentVariable("OMP_WAIT_POLICY", "PASSIVE", overwrite: 0);
        try
        {
            return Begin(folder!, NativeLibraries.Load(folder!), package);
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException)
        {
            return Unloadable(exception, package);
        }
    }

    private static Result<TorchRuntime> Begin(string folder, bool isPatched, string package)
    {
        try
        {
            torch.set_num_threads(1);
            return Result.Success(new TorchRuntime(torch.__version__, folder, isPatched));
        }
        catch (Exception exception) when (exception is NotSupportedException or TypeInitializationException or DllNotFoundException)
        {
            return Unloadable(exception, package);
        }
    }

    private static Result<TorchRuntime> Unloadable(Exception exception, string package) => Failure(
        UnloadableLibrary,
        $"libtorch does not load: {Reason((exception.InnerException ?? exception).Message)}",
        $"It needs glibc 2.34 and libstdc++ of GCC 12 (Debian 12, Ubuntu 22.04 or newer) and the package {package} 2.10.0.");

    /// <summary>The loader's own line: .NET puts general advice before it.</summary>
    private static string Reason(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return (lines.Length > 1 ? lines[1] : lines.FirstOrDefault() ?? "no reason given").TrimEnd('.') + ".";
    }

    private static Result<TorchRuntime> Failure(string code, string sentence, string remedy) =>
        Result.Failure<TorchRuntime>(new Diagnostic(code, SourceSpan.None, sentence, remedy));
}
