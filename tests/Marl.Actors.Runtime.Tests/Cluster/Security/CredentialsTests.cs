using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Security;
using Marl.Actors.Testing.Files;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster.Security;

/// <summary>Certificates and authorities as files: what is taken, and the one line that is said of the rest.</summary>
public sealed class CredentialsTests(TestCertificates certificates) : IClassFixture<TestCertificates>
{
    [Theory]
    [InlineData("first.pem", "ours.pem", null)]
    [InlineData("first.pfx", "ours.pem", TestCertificates.Password)]
    [InlineData("locked.pem", "ours.pem", TestCertificates.Password)]
    [InlineData("foreign.pem", "both.pem", null)]
    public void Good_ones_are_taken(string certificate, string authority, string? password) => Assert.Empty(Load(certificate, authority, password).Diagnostics);

    [Theory]
    [InlineData("first.pfx", "ours.pem", null, SecurityCodes.Certificate, "may need a password")]
    [InlineData("first.pfx", "ours.pem", "wrong", SecurityCodes.Certificate, "can't be read with this password")]
    [InlineData("locked.pem", "ours.pem", "wrong", SecurityCodes.Certificate, "can't be read with this password")]
    [InlineData("locked.pem", "ours.pem", null, SecurityCodes.Certificate, "may need a password")]
    [InlineData("keyless.pem", "ours.pem", null, SecurityCodes.Certificate, "holds no private key")]
    [InlineData("broken.pem", "ours.pem", null, SecurityCodes.Certificate, "can't be read")]
    [InlineData("empty.pem", "ours.pem", null, SecurityCodes.Certificate, "can't be read")]
    [InlineData("absent.pem", "ours.pem", null, "MARL3410", "absent.pem")]
    [InlineData("first.pem", "absent.pem", null, "MARL3410", "absent.pem")]
    [InlineData("first.pem", "empty.pem", null, SecurityCodes.Authority, "holds no certificate")]
    [InlineData("first.pem", "broken.pem", null, SecurityCodes.Authority, "holds no certificate")]
    [InlineData("foreign.pem", "ours.pem", null, SecurityCodes.OwnCertificate, "'foreign' is not signed by the authority")]
    [InlineData("expired.pem", "ours.pem", null, SecurityCodes.OwnCertificate, "'expired' is valid from")]
    [InlineData("early.pem", "ours.pem", null, SecurityCodes.OwnCertificate, "'early' is valid from")]
    [InlineData("server.pem", "ours.pem", null, SecurityCodes.OwnCertificate, "'server' is not meant for both clients and servers")]
    public void Of_the_others_one_line_says_why_not(string certificate, string authority, string? password, string code, string words)
    {
        var finding = Assert.Single(Load(certificate, authority, password).Diagnostics);
        Assert.Equal(code, finding.Code);
        Assert.Contains(words, $"{finding}", StringComparison.Ordinal);
        Assert.DoesNotContain("wrong", $"{finding}", StringComparison.Ordinal); // no password is ever printed
    }

    [Theory]
    [InlineData("127.0.0.1", null)]
    [InlineData("127.8.8.8", null)]
    [InlineData("localhost", null)]
    [InlineData("[::1]", null)]
    [InlineData("10.0.0.1", SecurityCodes.Open)]
    [InlineData("[2001:db8::1]", SecurityCodes.Open)]
    [InlineData("worker-1.example", SecurityCodes.Open)]
    [InlineData("0.0.0.0", SecurityCodes.Unspecified)]
    [InlineData("[::]", SecurityCodes.Unspecified)]
    public async Task Beyond_loopback_nothing_is_listened_on_without_certificates(string host, string? code)
    {
        var options = new NodeOptions { Listen = new(host, 0) };
        Assert.Equal(code, Exposure.Problem(options)?.Code);
        if (code is not null)
        {
            var started = await ClusterNode.StartAsync(options, _ => throw new InvalidOperationException());
            Assert.Equal(code, Assert.Single(started.Diagnostics).Code);
        }

        var open = code == SecurityCodes.Open ? null : code;
        Assert.Equal(open, Exposure.Problem(options with { IsInsecure = true })?.Code);
        Assert.Equal(open, Exposure.Problem(options with { Credentials = certificates.Of("first") })?.Code);
    }

    [Fact]
    public void Certificates_of_a_cluster_are_made_and_made_again()
    {
        using var folder = new TemporaryFolder();
        var first = ClusterCertificates.Make(folder["c"], ["node", "w-1"], 30, DateTimeOffset.UtcNow);
        Assert.Equal(["authority.pem", "authority.key", "node.pem", "w-1.pem"], first.Value.Select(Path.GetFileName));
        var later = ClusterCertificates.Make(folder["c"], ["w-2"], 30, DateTimeOffset.UtcNow);
        Assert.Equal(["w-2.pem"], later.Value.Select(Path.GetFileName));
        foreach (var name in new[] { "node", "w-1", "w-2" })
        {
            Assert.Empty(NodeSecurity.Load(new(Path.Combine(folder["c"], name + ".pem"), Path.Combine(folder["c"], "authority.pem"))).Diagnostics);
        }

        if (!OperatingSystem.IsWindows())
        {
            foreach (var name in new[] { "authority.key", "node.pem", "w-2.pem" })
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder["c"], name)));
            }
        }
    }

    [Theory]
    [InlineData("node", 30, "is there already")]
    [InlineData("authority", 30, "can't be a node's name")]
    [InlineData("../node", 30, "can't be a node's name")]
    [InlineData("other", 0, "can't be good for 0 days")]
    [InlineData("other", 9999, "can't be good for 9999 days")]
    public void What_can_not_be_made_is_said(string name, int days, string words)
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(ClusterCertificates.Make(folder["c"], ["node"], 30, DateTimeOffset.UtcNow).Diagnostics);
        var finding = Assert.Single(ClusterCertificates.Make(folder["c"], [name], days, DateTimeOffset.UtcNow).Diagnostics);
        Assert.Equal(SecurityCodes.NotMade, finding.Code);
        Assert.Contains(words, finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public void An_authority_without_its_key_signs_nothing()
    {
        using var folder = new TemporaryFolder();
        Assert.Empty(ClusterCertificates.Make(folder["c"], [], 30, DateTimeOffset.UtcNow).Diagnostics);
        File.Delete(Path.Combine(folder["c"], ClusterCertificates.AuthorityKey));
        Assert.Contains("the other is not", Assert.Single(ClusterCertificates.Make(folder["c"], ["node"], 30, DateTimeOffset.UtcNow).Diagnostics).Sentence, StringComparison.Ordinal);
    }

    private Result<NodeSecurity?> Load(string certificate, string authority, string? password) => NodeSecurity.Load(new(certificates[certificate], certificates[authority], password));
}
