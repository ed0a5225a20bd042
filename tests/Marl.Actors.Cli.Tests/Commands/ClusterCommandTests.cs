using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Commands;

/// <summary>Runs on several processes, and who may take part in them.</summary>
public sealed class ClusterCommandTests
{
    [Fact]
    public async Task On_worker_processes_json_is_the_summary_and_the_summary_that_of_one_process()
    {
        using var place = new Workplace();
        string[] run = ["run", Workplace.Coordination, "--seed", "7", "--steps", "2_000"];
        (await place.MarlAsync([.. run, "--out", "alone"])).Succeeded();

        var outcome = (await place.MarlAsync([.. run, "--processes", "2", "--json", "--out", "r"])).Succeeded();

        Assert.Equal(place.Text("r", "summary.json"), outcome.Out);
        Assert.Contains("simulate", outcome.Error); // what happens to workers is told, but elsewhere
        Assert.Equal(place.Summary("alone").WithoutTimes(), place.Summary("r").WithoutTimes());
    }

    [Fact]
    public async Task Certificates_are_made_and_a_run_with_them_gives_the_same()
    {
        using var place = new Workplace();
        var made = (await place.MarlAsync("cluster", "certificates", "--out", "c", "--name", "node")).Succeeded();
        Assert.Equal(["authority.key", "authority.pem", "node.pem"], place.Files("c"));
        Assert.Equal(3, made.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        string[] run = ["run", Workplace.Coordination, "--steps", "800"];
        (await place.MarlAsync([.. run, "--out", "alone"])).Succeeded();

        (await place.MarlAsync([.. run, "--processes", "2", "--certificate", "c/node.pem", "--authority", "c/authority.pem", "--out", "r"])).Succeeded();

        Assert.Equal(place.Summary("alone").WithoutTimes(), place.Summary("r").WithoutTimes());
    }

    [Fact]
    public async Task Without_certificates_nothing_listens_beyond_loopback()
    {
        using var place = new Workplace();
        (await place.MarlAsync("node", "--listen", "192.0.2.1:4053")).Complained("MARL3831", "192.0.2.1:4053", "--insecure");
        (await place.MarlAsync("run", Workplace.Coordination, "--processes", "2", "--listen", "192.0.2.1:0", "--out", "r")).Complained("MARL3831", "192.0.2.1:0");
        // Told to, it tries; the address is nobody's (RFC 5737).
        Assert.Empty((await place.MarlAsync("node", "--listen", "192.0.2.1:4053", "--insecure")).Complained("MARL3820", "192.0.2.1:4053").Out);
    }

    [Fact]
    public async Task Half_of_the_certificates_are_none()
    {
        using var place = new Workplace();
        var outcome = (await place.MarlAsync("node", "--certificate", "node.pem")).Ended(2);
        Assert.Contains("--certificate and --authority go together", outcome.Error);
    }
}
