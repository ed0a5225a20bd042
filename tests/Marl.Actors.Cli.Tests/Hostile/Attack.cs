using System.Net;
using System.Net.Sockets;

namespace Marl.Actors.Cli.Tests.Hostile;

/// <summary>Sends hostile frames to a port, over one connection after another.</summary>
internal static class Attack
{
    private const int MostOnOne = 16;

    /// <summary>Sends so many.</summary>
    /// <returns>Connections it took. A frame counts when the node had not hung up before it.</returns>
    public static async Task<int> SendAsync(int port, HostileFrames frames, int count, Random random)
    {
        var connections = 0;
        for (var sent = 0; sent < count; connections++)
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, LingerState = new(true, 0) };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            var isReading = random.Next(4) != 0; // others never take what is answered
            try
            {
                if (random.Next(8) != 0)
                {
                    await socket.SendAsync(frames.Greeting);
                }

                for (var more = random.Next(1, MostOnOne); more > 0 && sent < count && IsOpen(socket, isReading); more--)
                {
                    await socket.SendAsync(frames.Next());
                    sent++;
                }

                IsOpen(socket, isReading);
            }
            catch (SocketException)
            {
                // The node has hung up.
            }
        }

        return connections;
    }

    private static bool IsOpen(Socket socket, bool isReading)
    {
        if (!socket.Poll(500, SelectMode.SelectRead))
        {
            return true;
        }

        return socket.Available > 0 && (!isReading || socket.Receive(new byte[1 << 14]) > 0);
    }
}
