using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Marl.Actors.Benchmarks.Machines;
using Marl.Actors.Clustering;

namespace Marl.Actors.Benchmarks.Throwing;

/// <summary>The same blocks over bare sockets, each catcher a process: nothing that goes over TCP here is faster.</summary>
internal static class TcpFloor
{
    /// <summary>The word that makes this program a catcher.</summary>
    public const string Word = "tcp-catcher";

    private const int ReceiptBytes = 8;
    private const int WarmUp = 200;

    /// <summary>Measures blocks of a size.</summary>
    public static (Times There, Times Back) Measure(int bytes, int catchers)
    {
        using var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var self = WorkerCommand.OfThisProgram(Word);
        var processes = Enumerable.Range(0, catchers)
            .Select(_ => Process.Start(self.Program, [.. self.Arguments, $"{((IPEndPoint)listener.LocalEndPoint!).Port}", $"{bytes}"])).ToArray();
        var lines = processes.Select(_ => listener.Accept()).ToArray();
        Array.ForEach(lines, line => line.NoDelay = true);
        var block = new byte[bytes];
        var (there, back) = (new double[Thrower.Rounds], new double[Thrower.Rounds]);
        for (var round = -WarmUp; round < Thrower.Rounds; round++)
        {
            var (far, near) = Round(lines, block);
            if (round >= 0)
            {
                (there[round], back[round]) = (far, near);
            }
        }

        Array.ForEach(lines, line => line.Dispose());
        Array.ForEach(processes, process => process.WaitForExit());
        return (Times.Of(there), Times.Of(back));
    }

    /// <summary>A catcher, until nothing more comes.</summary>
    public static int Catch(string port, string bytes)
    {
        using var line = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        line.Connect(IPAddress.Loopback, int.Parse(port));
        var block = new byte[int.Parse(bytes)];
        Span<byte> receipt = stackalloc byte[ReceiptBytes];
        while (Fill(line, block))
        {
            MemoryMarshal.Cast<byte, long>(receipt)[0] = Stopwatch.GetTimestamp();
            line.Send(receipt);
        }

        return 0;
    }

    private static (double There, double Back) Round(Socket[] lines, byte[] block)
    {
        Span<byte> receipt = stackalloc byte[ReceiptBytes];
        var thrown = Stopwatch.GetTimestamp();
        var last = thrown;
        foreach (var line in lines)
        {
            line.Send(block);
        }

        foreach (var line in lines)
        {
            if (!Fill(line, receipt))
            {
                throw new InvalidOperationException("A catcher is gone.");
            }

            last = Math.Max(last, MemoryMarshal.Cast<byte, long>(receipt)[0]);
        }

        return (Stopwatch.GetElapsedTime(thrown, last).TotalMicroseconds, Stopwatch.GetElapsedTime(thrown).TotalMicroseconds);
    }

    private static bool Fill(Socket line, Span<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            var came = line.Receive(buffer);
            if (came == 0)
            {
                return false;
            }

            buffer = buffer[came..];
        }

        return true;
    }
}
