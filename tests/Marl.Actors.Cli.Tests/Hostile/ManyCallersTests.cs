using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Marl.Actors.Cli.Tests.Processes;
using Xunit;

namespace Marl.Actors.Cli.Tests.Hostile;

/// <summary>A node keeps so many callers' lines and hangs up on more; when they have gone it answers again.</summary>
public sealed class ManyCallersTests
{
    private const int Most = 512;
    private const int More = 40;

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task A_node_hangs_up_on_callers_beyond_the_five_hundred_and_twelfth()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // elsewhere a process may not have so many sockets
        }

        using var place = new Workplace();
        using var node = place.Start("node", "--listen", "127.0.0.1:0", "--roles", "learn");
        await node.WhenAsync(n => n.Said.Contains("listening on"), Longest);
        var port = int.Parse(node.Said.Split("listening on ")[1].Split(':')[1].TakeWhile(char.IsDigit).ToArray(), CultureInfo.InvariantCulture);
        var callers = new List<Socket>();
        for (var i = 0; i < Most + More; i++)
        {
            callers.Add(await CallAsync(port));
        }

        await UntilAsync(() => callers.Count(HasHungUp) >= More);
        Assert.True(callers.Count(c => !HasHungUp(c)) > Most / 2, "It has hung up on those it should keep."); // silent ones are sent away after 15 s
        callers.ForEach(c => c.Dispose());
        await UntilAsync(() => Stays(port));
        node.Signal("TERM");
        (await node.EndAsync(Longest)).Ended(143);
    }

    private static async Task<Socket> CallAsync(int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, port);
        return socket;
    }

    private static bool HasHungUp(Socket socket) => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    private static bool Stays(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(IPAddress.Loopback, port);
        return !socket.Poll(500_000, SelectMode.SelectRead);
    }

    private static async Task UntilAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(Longest);
        while (!isSo())
        {
            await Task.Delay(50, limit.Token);
        }
    }
}
