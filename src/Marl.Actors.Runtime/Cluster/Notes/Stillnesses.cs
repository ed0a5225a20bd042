using Marl.Actors.Runtime.Cluster.Leading;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Notes;

/// <summary>A <see cref="Stillness"/> on the wire.</summary>
internal static class Stillnesses
{
    public static void Write(WireWriter writer, Stillness stillness)
    {
        writer.Flag(stillness.IsQuiet);
        writer.Long(stillness.Sent);
        writer.Long(stillness.Received);
    }

    public static Stillness Read(WireReader reader) => new(reader.Flag(), reader.Long(), reader.Long());
}
