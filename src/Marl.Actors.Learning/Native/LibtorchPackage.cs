using System.Runtime.InteropServices;

namespace Marl.Actors.Learning.Native;

/// <summary>
/// The NuGet package with libtorch for a system. It is half a gigabyte, so no package of ours depends on it: a program that
/// learns with <c>backend: torch</c> references it. A program that is installed without a project (the tool <c>marl</c>) sets
/// <see cref="Switch"/> and finds it in the machine's NuGet folder.
/// </summary>
/// <param name="Id">The package's name.</param>
/// <param name="Platform">The runtime identifier it is for.</param>
internal sealed record LibtorchPackage(string Id, string Platform)
{
    /// <summary>The version this TorchSharp is made for.</summary>
    public const string Version = "2.10.0";

    /// <summary>The runtime switch by which a program looks in the NuGet folder.</summary>
    public const string Switch = "Marl.Actors.LibtorchFromPackageFolder";

    private static readonly LibtorchPackage[] All =
        [new("libtorch-cpu-linux-x64", "linux-x64"), new("libtorch-cpu-win-x64", "win-x64"), new("libtorch-cpu-osx-arm64", "osx-arm64")];

    /// <summary>The machine's NuGet folder.</summary>
    private static string PackageFolder => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static bool UsesPackageFolder => AppContext.TryGetSwitch(Switch, out var isOn) && isOn;

    /// <summary>Where its libraries lie in the NuGet folder; null for a program that doesn't look there.</summary>
    public string? Folder => UsesPackageFolder ? Path.Combine(PackageFolder, Id, Version, "runtimes", Platform, "native") : null;

    /// <summary>How to get it.</summary>
    public string Remedy => UsesPackageFolder
        ? $"Fetch it once with 'dotnet package download {Id}@{Version} --output \"{PackageFolder}\"', or write 'backend: fused'."
        : $"Add <PackageReference Include=\"{Id}\" Version=\"{Version}\" /> to the project that runs, or write 'backend: fused'.";

    /// <summary>The package for a system; null when there is none.</summary>
    public static LibtorchPackage? For(OSPlatform platform, Architecture architecture)
    {
        var name = platform == OSPlatform.Linux ? "linux" : platform == OSPlatform.Windows ? "win" : "osx";
        return All.FirstOrDefault(p => p.Platform == $"{name}-{architecture.ToString().ToLowerInvariant()}");
    }
}
