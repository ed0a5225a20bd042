using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using Marl.Actors.Core.Results;
using Marl.Actors.Runtime.Cluster.Security;
using Xunit;

namespace Marl.Actors.Runtime.Tests.Cluster.Security;

/// <summary>Who believes whom when two nodes meet, and what each side says of it.</summary>
public sealed class HandshakeTests(TestCertificates certificates) : IClassFixture<TestCertificates>
{
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Certificates_of_one_authority_are_believed()
    {
        var (caller, answerer) = await MeetAsync(Door("first"), Door("second"));
        await using var called = Assert.IsType<SslStream>(caller.Stream);
        await using var answered = Assert.IsType<SslStream>(answerer);
        Assert.True(called.IsMutuallyAuthenticated && answered.IsMutuallyAuthenticated);
        await called.WriteAsync(new byte[] { 42 });
        Assert.Equal(42, answered.ReadByte());
    }

    [Theory]
    [InlineData("foreign", "both", "'foreign', that is not signed by the authority")]
    [InlineData("expired", "ours", "'expired', that is valid from")]
    [InlineData("early", "ours", "'early', that is valid from")]
    [InlineData("server", "ours", "'server', that is not meant for both clients and servers")]
    public async Task A_bad_one_of_the_caller_is_refused_and_both_say_so(string certificate, string authority, string words)
    {
        var (calling, answering) = (Door(certificate, authority), Door("first"));
        var (caller, answerer) = await MeetAsync(calling, answering);
        Assert.Null(caller.Stream);
        Assert.Null(answerer);
        Assert.Contains(words, Assert.Single(answering.Told), StringComparison.Ordinal);
        Assert.Contains("does not accept this node's certificate", (await calling.Doorman.Refused).Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("foreign", "'foreign', that is not signed by the authority")]
    [InlineData("expired", "'expired', that is valid from")]
    public async Task A_bad_one_of_the_answerer_is_refused_and_both_say_so(string certificate, string words)
    {
        var (calling, answering) = (Door("first"), Door(certificate, "both"));
        var (caller, answerer) = await MeetAsync(calling, answering);
        Assert.Null(caller.Stream);
        Assert.Null(answerer);
        Assert.Contains(words, (await calling.Doorman.Refused).Sentence, StringComparison.Ordinal);
        Assert.Single(answering.Told);
    }

    [Fact]
    public async Task A_caller_without_a_certificate_is_refused()
    {
        var answering = Door("first");
        var (here, there) = await SocketsAsync();
        var answered = answering.Handshake.AnswerAsync(there, "caller:1", Limit());
        await using var stream = new SslStream(new NetworkStream(here, true));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "x", RemoteCertificateValidationCallback = (_, _, _, _) => true });
        await stream.WriteAsync("MARL\u0001"u8.ToArray());
        var said = new byte[6];
        Assert.Equal(5, await stream.ReadAtLeastAsync(said, 6, throwOnEndOfStream: false));
        Assert.Equal("MARL\u0000\u0000"u8.ToArray(), said); // no; and no more
        Assert.Null(await answered);
        Assert.Contains("shows no certificate", Assert.Single(answering.Told), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0001\u0002\u0003")]
    public async Task Whoever_speaks_no_TLS_is_refused(string text)
    {
        var (calling, answering) = (Door("first"), Door("first"));
        var (here, there) = await SocketsAsync();
        var answered = answering.Handshake.AnswerAsync(there, "caller:1", Limit());
        await here.SendAsync(System.Text.Encoding.ASCII.GetBytes(text));
        here.Shutdown(SocketShutdown.Send);
        Assert.Null(await answered);
        Assert.Contains("does not speak TLS, or hung up", Assert.Single(answering.Told), StringComparison.Ordinal);

        (here, there) = await SocketsAsync();
        var called = calling.Handshake.CallAsync(here, "answerer:1", Limit());
        await there.SendAsync(System.Text.Encoding.ASCII.GetBytes(text));
        there.Shutdown(SocketShutdown.Send);
        Assert.Null((await called).Stream);
        Assert.Contains("does not speak TLS, or hung up", calling.Doorman.Latest!.Sentence, StringComparison.Ordinal);
        Assert.False(calling.Doorman.Refused.IsCompleted); // it may have died: calling again may help
    }

    [Fact]
    public async Task Whoever_says_nothing_is_not_waited_for()
    {
        var (calling, answering) = (Door("first"), Door("first"));
        using var soon = new CancellationTokenSource(100);
        var (here, there) = await SocketsAsync();
        Assert.Null(await answering.Handshake.AnswerAsync(there, "caller:1", soon.Token));
        Assert.Contains("said too little for too long", Assert.Single(answering.Told), StringComparison.Ordinal);
        here.Dispose();

        (here, there) = await SocketsAsync();
        Assert.Null((await calling.Handshake.CallAsync(here, "answerer:1", soon.Token)).Stream);
        Assert.Contains("fell silent", calling.Doorman.Latest!.Sentence, StringComparison.Ordinal);
        there.Dispose();
    }

    [Fact]
    public void A_crowd_at_the_door_is_not_told_of_one_by_one()
    {
        var door = Door("first");
        for (var i = 0; i < 5_000; i++)
        {
            door.Doorman.TurnAway("caller:1", "does not speak TLS");
        }

        Assert.Equal(5_000, door.Doorman.TurnedAway);
        Assert.Equal(15, door.Told.Count);
        Assert.Contains("5000 times by now", door.Told[^1], StringComparison.Ordinal);
    }

    private static CancellationToken Limit() => new CancellationTokenSource(Longest).Token;

    private static async Task<((SslStream? Stream, string Finding) Caller, SslStream? Answerer)> MeetAsync(TestDoor calling, TestDoor answering)
    {
        var (here, there) = await SocketsAsync();
        var called = calling.Handshake.CallAsync(here, "answerer:1", Limit());
        var answered = answering.Handshake.AnswerAsync(there, "caller:1", Limit());
        return (await called, await answered);
    }

    private static async Task<(Socket Here, Socket There)> SocketsAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var here = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await here.ConnectAsync(listener.LocalEndpoint);
        return (here, await listener.AcceptSocketAsync());
    }

    /// <summary>A node's door; its own certificate is not looked at first, so that a bad one is shown at all.</summary>
    private TestDoor Door(string certificate, string authority = "ours")
    {
        var told = new List<string>();
        var from = certificates.Of(certificate, authority);
        var doorman = new Doorman(new(CertificateFile.Read(from.Certificate, null).Value, AuthorityFile.Read(from.Authority).Value), finding => told.Add($"{finding}"));
        return new(doorman, new(doorman), told);
    }

    private sealed record TestDoor(Doorman Doorman, Handshake Handshake, List<string> Told);
}
