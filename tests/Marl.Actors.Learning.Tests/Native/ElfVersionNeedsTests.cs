using Marl.Actors.Learning.Native;

namespace Marl.Actors.Learning.Tests.Native;

public sealed class ElfVersionNeedsTests
{
    [Fact]
    public void One_byte_of_the_bridge_changes_and_a_second_pass_changes_nothing()
    {
        if (NativeLibraries.BridgeFolder is not { } folder)
        {
            Assert.False(OperatingSystem.IsLinux(), "The bridge library is not beside the tests.");
            return;
        }

        var original = File.ReadAllBytes(Path.Combine(folder, "libLibTorchSharp.so"));
        var weakened = original.ToArray();
        Assert.Equal(1, ElfVersionNeeds.Weaken(weakened, "GLIBCXX_3.4.32"));
        var changed = Enumerable.Range(0, original.Length).Where(i => original[i] != weakened[i]).ToArray();
        var at = Assert.Single(changed);
        Assert.Equal((0, 2), (original[at], weakened[at]));
        Assert.Equal(0, ElfVersionNeeds.Weaken(weakened, "GLIBCXX_3.4.32"));
    }

    [Fact]
    public void A_version_nobody_demands_changes_nothing() => Assert.Equal(0, ElfVersionNeeds.Weaken(Library(), "GLIBCXX_9.9.9"));

    [Fact]
    public void Damaged_libraries_are_left_alone()
    {
        var library = Library();
        for (var length = 0; length < Math.Min(library.Length, 4096); length += 7)
        {
            Assert.Equal(0, ElfVersionNeeds.Weaken(library.AsSpan(0, length), "GLIBC_2.2.5"));
        }

        Assert.Equal(0, ElfVersionNeeds.Weaken("not a library"u8.ToArray(), "GLIBC_2.2.5"));
    }

    private static byte[] Library() => NativeLibraries.BridgeFolder is { } folder ? File.ReadAllBytes(Path.Combine(folder, "libLibTorchSharp.so")) : [];
}
