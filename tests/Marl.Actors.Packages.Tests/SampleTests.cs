using Marl.Actors.Packages.Tests.Packing;
using Xunit;

namespace Marl.Actors.Packages.Tests;

/// <summary>What a user sees who has the packages and nothing else of this repository: a test project of their own.</summary>
[Collection(PackedCollection.Name)]
public sealed class SampleTests(PackedRepository packed)
{
    private static string Libtorch => PackedRepository.CentralVersions["libtorch-cpu-linux-x64"];

    [Fact]
    public async Task It_passes_and_each_mistake_is_told_with_what_to_do()
    {
        using var user = new UserFolder(packed).WithSample("Thermostat");
        (await user.BuildAsync("build")).Succeeded();
        (await user.BuildAsync("test", "--no-build", "--filter", "needs!=torch")).Succeeded();

        user.Edit("ThermostatTests.What_flows_is_as_approved.verified.txt", "#1 @0.0 actions  action[16×1] sum 9", "#1 @0.0 actions  action[16×1] sum 8");
        (await user.BuildAsync("test", "--no-build")).Failed(
            "What_flows_is_as_approved [FAIL]", "The first difference on each edge",
            "It_learns_with_torch [FAIL]", "error MARL3302: ", "Add <PackageReference Include=\"libtorch-cpu-", $"Version=\"{Libtorch}\" />", "or write 'backend: fused'.");
    }

    [Fact]
    public async Task With_the_package_that_the_message_names_it_learns_with_torch()
    {
        using var user = new UserFolder(packed).WithSample("Thermostat");
        (await user.BuildAsync("test", "-p:WithTorch=true", "-p:CreateHardLinksForCopyLocalIfPossible=true", "--filter", "needs=torch")).Succeeded();
    }
}
