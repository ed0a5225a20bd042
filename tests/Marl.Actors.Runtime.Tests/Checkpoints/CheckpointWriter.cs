using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Checkpoints;

namespace Marl.Actors.Runtime.Tests.Checkpoints;

/// <summary>A process that writes one checkpoint after another into a folder, and says so when each is durable. It wants to be killed.</summary>
internal static class CheckpointWriter
{
    /// <summary>Writes checkpoints number FIRST … LAST of so many numbers each; the first that can't be written ends it with 1.</summary>
    public static int Main(string[] arguments)
    {
        if (arguments is not [var folder, var numbers, var first, var last])
        {
            Console.Error.WriteLine("Arguments: FOLDER NUMBERS FIRST LAST");
            return 2;
        }

        for (var step = long.Parse(first); step <= long.Parse(last); step++)
        {
            var written = CheckpointFile.Write(folder, Sample(step, int.Parse(numbers)));
            if (!written.IsSuccess)
            {
                Console.WriteLine(written.Diagnostics[0]);
                return 1;
            }

            Console.WriteLine(step);
        }

        return 0;
    }

    /// <summary>A checkpoint whose content tells its step.</summary>
    public static Checkpoint Sample(long step, int numbers)
    {
        var state = new StageSnapshot();
        var values = new float[numbers];
        Array.Fill(values, step);
        state.Put<float>("x", values);
        return new("p", 3, step, step, new Dictionary<string, StageSnapshot> { ["world"] = state });
    }
}
