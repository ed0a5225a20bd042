using Marl.Actors.Core.Traces;
using Marl.Actors.Experiments;
using Marl.Actors.Runtime.Cluster;
using Marl.Actors.Runtime.Cluster.Nodes;
using Marl.Actors.Runtime.Cluster.Security;
using Marl.Actors.Runtime.Cluster.Status;
using Marl.Actors.Runtime.Tests.Cluster.Security;
using Marl.Actors.Tracing;
using Xunit;

namespace Marl.Actors.Tests.Clustering;

/// <summary>A cluster over TLS: the same bits, and nobody in it who has no business there.</summary>
public sealed class SecureClusterTests(SecureClusterTests.SecureCluster cluster) : IClassFixture<SecureClusterTests.SecureCluster>
{
    [Fact]
    public async Task A_determinate_pipeline_gives_the_same_bits()
    {
        var request = new TraceRequest { Path = Repository.Pipeline("ippo-coordination"), Overrides = new() { EvaluationEpisodes = 4 } };
        var expected = await Traces.TakeAsync(request);
        var found = await Traces.TakeAsync(request with
        {
            Interpretation = new(Interpreter.Cluster) { Cluster = new() { Join = cluster.Address, Credentials = cluster.Certificates.Of("second") } },
        });
        Assert.Empty(found.Diagnostics);
        Assert.Equal(TraceText.Write(expected.Value), TraceText.Write(found.Value));
    }

    [Fact]
    public async Task Its_state_is_told_to_whoever_belongs_to_it()
    {
        var report = await ClusterInquiry.AskAsync(cluster.Address, TimeSpan.FromMinutes(1), cluster.Certificates.Of("second"));
        Assert.Empty(report.Diagnostics);
        Assert.True(report.Value.Members.Count >= 2);
        var refused = await ClusterInquiry.AskAsync(cluster.Address, TimeSpan.FromMinutes(1), cluster.Certificates.Of("foreign", "both"));
        Assert.Equal(SecurityCodes.Refused, Assert.Single(refused.Diagnostics).Code);
    }

    [Theory]
    [InlineData("foreign", "both", SecurityCodes.Refused, "does not accept this node's certificate")]
    [InlineData("foreign", "theirs", SecurityCodes.Refused, "'first', that is not signed by the authority")]
    [InlineData("expired", "ours", SecurityCodes.OwnCertificate, "'expired' is valid from")]
    public async Task Who_has_no_good_certificate_does_not_join_and_is_told_why(string certificate, string authority, string code, string words)
    {
        var joined = await JoinAsync(new() { Join = cluster.Address, Patience = TimeSpan.FromMinutes(5), Credentials = cluster.Certificates.Of(certificate, authority) });
        var finding = Assert.Single(joined.Diagnostics);
        Assert.Equal(code, finding.Code);
        Assert.Contains(words, finding.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_none_does_not_join()
    {
        var before = cluster.TurnedAway;
        var joined = await JoinAsync(new() { Join = cluster.Address, Patience = TimeSpan.FromSeconds(2) });
        var finding = Assert.Single(joined.Diagnostics);
        Assert.Equal(ClusterCodes.NobodyThere, finding.Code);
        Assert.Contains("certificates of the same authority", finding.Remedy, StringComparison.Ordinal);
        Assert.True(cluster.TurnedAway > before);
    }

    private static Task<Core.Results.Result<ClusterNode>> JoinAsync(NodeOptions options) => ClusterNode.StartAsync(options, _ => throw new InvalidOperationException());

    /// <summary>Two nodes with certificates of their own.</summary>
    public sealed class SecureCluster : SmallCluster
    {
        private int turnedAway;

        /// <summary>Of its authority, and of another.</summary>
        public TestCertificates Certificates { get; } = new();

        /// <summary>How often its nodes told of somebody whom they had turned away.</summary>
        public int TurnedAway => Volatile.Read(ref turnedAway);

        public override async Task DisposeAsync()
        {
            await base.DisposeAsync();
            Certificates.Dispose();
        }

        protected override NodeOptions Dressed(NodeOptions options) => options with
        {
            Credentials = Certificates.Of(options.Join is null ? "first" : "second"),
            Told = _ => Interlocked.Increment(ref turnedAway),
        };
    }
}
