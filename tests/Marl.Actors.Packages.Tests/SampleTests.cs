using Marl.Actors.Build.Tests.Projects;
using System.Text.RegularExpressions;
using Marl.Actors.Packages.Tests.Packing;
using Xunit;

namespace Marl.Actors.Packages.Tests;

/// <summary>What a user sees who has the packages and nothing else of this repository: a test project of their own.</summary>
[Collection(PackedCollection.Name)]
public sealed class SampleTests(PackedRepository packed)
{
    private const string Sound = "needs!=torch&is!=broken";

    private static string Libtorch => PackedRepository.CentralVersions["libtorch-cpu-linux-x64"];

    [Fact]
    public async Task It_passes_and_whatever_is_wrong_is_told_with_what_to_do()
    {
        using var user = new UserFolder(packed).WithSample("Thermostat");
        (await user.BuildAsync("build")).Succeeded();
        Approve((await user.TestAsync(Sound)).Failed("Passed:     5", "Nothing was approved yet. If the received text is right"), documents: 3);
        (await user.TestAsync(Sound)).Succeeded().Said("Passed:     8");

        user.Edit("thermostat.trace.verified.txt", "#1 @0.0 actions  action[16×1] sum 9", "#1 @0.0 actions  action[16×1] sum 8");
        user.Edit("thermostat.graph.verified.txt", "16 copies", "32 copies");
        user.Write("ThermostatTests.A_test_of_yesterday.verified.txt", "");
        File.Delete(user["ThermostatTests.The_world_plays_as_approved.verified.txt"]);
        (await user.TestAsync())
            .Failed("Passed:     4")
            .Said("The_graph_is_as_approved [FAIL]", "If the change is right, make the received text the approved one, and commit it", $"mv \"{user["thermostat.graph.received.txt"]}\"")
            .Said("What_flows_is_as_approved [FAIL]", "The first difference on each edge (- approved, + received):\n", $"mv \"{user["thermostat.trace.received.txt"]}\"")
            .Said("The_world_plays_as_approved [FAIL]", "Nothing was approved yet.")
            .Said("Every_snapshot_has_its_test [FAIL]", "ThermostatTests.A_test_of_yesterday.verified.txt: ThermostatTests.cs has no test 'A_test_of_yesterday'")
            .Said("A_world_that_draws_from_a_global_generator [FAIL]", "same-key-same-run: ", "Draw from the stream that Reset and Step are given")
            .Said("A_stage_that_draws_from_a_global_generator [FAIL]", "same-tokens-same-bits: ", "Draw from the key of the context, derived by stamp")
            .Said("A_stage_that_sends_something_else [FAIL]", "  expected    4    6    -    3\n", "At 0.2 an absent token was expected, but 6 came.")
            .Said("It_learns_with_torch [FAIL]", "error MARL3302: ", "Add <PackageReference Include=\"libtorch-cpu-", $"Version=\"{Libtorch}\" />", "or write 'backend: fused'.");

        // With the package that the message names.
        (await user.BuildAsync("test", "-p:WithTorch=true", "-p:CreateHardLinksForCopyLocalIfPossible=true", "--filter", "needs=torch")).Succeeded();
    }

    /// <summary>Does what the messages say: the commands that rename what was received.</summary>
    private static void Approve(Outcome outcome, int documents)
    {
        var commands = Regex.Matches(outcome.Text, "^ *mv \"(.*)\" \"(.*)\"$", RegexOptions.Multiline).ToArray();
        Assert.Equal(documents, commands.Length);
        Assert.All(commands, command => File.Move(command.Groups[1].Value, command.Groups[2].Value));
    }
}
