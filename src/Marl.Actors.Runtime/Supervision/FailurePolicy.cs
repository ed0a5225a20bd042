using Akka.Actor;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Runs;

namespace Marl.Actors.Runtime.Supervision;

/// <summary>
/// What happens when something throws. A stage's state after an exception is unknown, and going on from an unknown state
/// would make results that look like results; so nothing is restarted in place. Every failure stops the run with the stage's
/// name and the newest checkpoint, from which <c>--resume</c> goes on:
/// <list type="bullet">
/// <item><see cref="StageException"/> (learning diverged, no such device): the stage's own sentence and remedy.</item>
/// <item><see cref="ArithmeticException"/>: numbers are no longer finite where somebody must act on them.</item>
/// <item><see cref="InvalidDataException"/>: a saved state that does not fit.</item>
/// <item>anything while results are written (disk full, no permission): says so.</item>
/// <item>any other exception: a bug in that component; its message, and the log has the stack.</item>
/// </list>
/// </summary>
internal static class FailurePolicy
{
    /// <summary>Children are stopped, never restarted; the run actor is told by the child itself.</summary>
    public static SupervisorStrategy Strategy { get; } = new OneForOneStrategy(_ => Directive.Stop);

    /// <summary>The failure as the user reads it.</summary>
    public static Diagnostic Describe(StageFailure failure, string? checkpoint)
    {
        var saved = Saved(checkpoint);
        var at = failure.At is { } stamp ? $" at {stamp}" : "";
        var where = SourceSpan.Whole(failure.Stage);
        return failure.Cause switch
        {
            StageException e => new(e.Code, where, $"'{failure.Stage}' stopped{at}: {e.Sentence}", $"{e.Remedy} {saved}"),
            ArithmeticException e => new(
                RunCodes.NotFinite, where, $"'{failure.Stage}' stopped{at}: {OneLine(e)}", $"Lower the learning rate, or look for numbers in the world that are not finite. {saved}"),
            InvalidDataException e => new(
                RunCodes.StateDoesNotFit, where, $"'{failure.Stage}' can't take its saved state over: {OneLine(e)}", "Resume with the pipeline the state was saved by."),
            IOException or UnauthorizedAccessException => new(
                RunCodes.ResultsFailed, where, $"Results can't be written{at}: {OneLine(failure.Cause)}", $"Make room or choose another --out. {saved}"),
            _ => new(
                RunCodes.StageFailed, where, $"'{failure.Stage}' failed{at}: {OneLine(failure.Cause)}", $"This is a fault in the component; the log has the details. {saved}"),
        };
    }

    /// <summary>What is left of a run that failed.</summary>
    public static string Saved(string? checkpoint) => checkpoint is null
        ? "Nothing had been saved yet."
        : $"The run up to {checkpoint} is saved: go on from there with --resume.";

    private static string OneLine(Exception e) => e.Message.ReplaceLineEndings(" ").TrimEnd('.') + ".";
}
