using Marl.Actors.Analysis.Files;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Analysis.Metrics;

/// <summary>
/// Writes a TensorBoard event file: TFRecord framing around <c>tensorflow.Event</c> messages, scalars only (see
/// <see cref="EventCodec"/>). Wall times are the caller's; nothing here reads a clock.
/// </summary>
public sealed class EventFile : IDisposable
{
    private readonly RowFile file;

    private EventFile(RowFile file) => this.file = file;

    /// <summary>Begins a file. TensorBoard finds it when its name contains <c>tfevents</c>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wallTime">Seconds since 1970.</param>
    public static Result<EventFile> Begin(string path, double wallTime) =>
        RowFile.Begin(path, EventCodec.Version(wallTime)).Map(file => new EventFile(file));

    /// <summary>Goes on with a file after a resume; one that is missing is begun.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wallTime">Seconds since 1970, for a file that is begun.</param>
    /// <param name="keep">Whether a scalar written before the resume is kept.</param>
    public static Result<EventFile> Resume(string path, double wallTime, Func<ScalarEvent, bool> keep)
    {
        if (!File.Exists(path))
        {
            return Begin(path, wallTime);
        }

        return WholeFile.Read(path).Then(bytes =>
        {
            var content = new List<byte>(EventCodec.Version(wallTime));
            foreach (var scalar in EventCodec.Read(bytes).Where(keep))
            {
                content.AddRange(EventCodec.Scalars(scalar.Step, scalar.WallTime, [new(scalar.Tag, scalar.Value)]));
            }

            return RowFile.Begin(path, content.ToArray()).Map(file => new EventFile(file));
        });
    }

    /// <summary>The scalars of a file. Reading stops at the first record that is torn or damaged.</summary>
    public static Result<IReadOnlyList<ScalarEvent>> Read(string path) => WholeFile.Read(path).Map(bytes => EventCodec.Read(bytes));

    /// <summary>Adds scalars of one step, as one record.</summary>
    public Result<long> Append(long step, double wallTime, IEnumerable<Metric> scalars) =>
        file.Append(EventCodec.Scalars(step, wallTime, scalars));

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();
}

/// <summary>One scalar in an event file.</summary>
/// <param name="Tag">Its name; TensorBoard groups by what stands before the slash.</param>
/// <param name="Step">Horizontal position.</param>
/// <param name="WallTime">Seconds since 1970.</param>
/// <param name="Value">Its value, in single precision.</param>
public readonly record struct ScalarEvent(string Tag, long Step, double WallTime, float Value);
