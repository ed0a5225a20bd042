namespace Marl.Actors.Runtime.Wire;

/// <summary>One line of <see cref="WireRecords"/>.</summary>
/// <param name="Type">The record.</param>
/// <param name="Manifest">Its name on the wire.</param>
/// <param name="Write">Puts one into bytes.</param>
/// <param name="Read">Makes one of bytes; throws only <see cref="WireException"/>.</param>
internal sealed record WireRecord(Type Type, string Manifest, Action<WireWriter, object> Write, Func<WireReader, object> Read)
{
    /// <summary>A line for a record.</summary>
    public static WireRecord Of<T>(string manifest, Action<WireWriter, T> write, Func<WireReader, T> read)
        where T : IWireRecord => new(typeof(T), manifest, (to, record) => write(to, (T)record), from => read(from));
}
