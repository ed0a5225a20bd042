using System.Security.Cryptography;
using System.Text;

namespace Marl.Actors.Packages.Tests.Packing;

/// <summary>
/// One packs at a time: a tool's pack writes a few files into its <c>obj</c>, and another test project may pack the same
/// repository meanwhile.
/// </summary>
internal static class PackingTurn
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the turn; disposing of it gives it on, as the end of the process does.</summary>
    public static async Task<IDisposable> TakeAsync(string root)
    {
        var path = Path.Combine(Path.GetTempPath(), $"marl-pack-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(root)))[..16]}.lock");
        while (true)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                await Task.Delay(Pause);
            }
        }
    }
}
