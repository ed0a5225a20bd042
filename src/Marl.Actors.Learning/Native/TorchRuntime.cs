namespace Marl.Actors.Learning.Native;

/// <summary>How libtorch was loaded into this process.</summary>
/// <param name="Version">Version of libtorch.</param>
/// <param name="Directory">The folder its libraries came from.</param>
/// <param name="IsPatched">The bridge library asks for a newer C++ runtime than this system has, and was loaded with that demand made weak.</param>
public sealed record TorchRuntime(string Version, string Directory, bool IsPatched);
