using Marl.Actors.Core.Results;

namespace Marl.Actors.Core.Stages;

/// <summary>
/// A stage can't go on for a reason its user can act on: learning diverged, a native library is missing, a device is not
/// there. The runtime stops the run and reports the sentence with the stage's name. Other exceptions mean a bug.
/// </summary>
/// <param name="code">A diagnostic code, MARL3xxx.</param>
/// <param name="sentence">What happened, with the offending value.</param>
/// <param name="remedy">What to do.</param>
public class StageException(string code, string sentence, string remedy) : Exception(sentence + " " + remedy)
{
    /// <summary>The exception that says what a diagnostic says; the interpreter knows the stage it belongs to.</summary>
    public static StageException Of(Diagnostic diagnostic) => new(diagnostic.Code, diagnostic.Sentence, diagnostic.Remedy);

    /// <summary>The diagnostic code.</summary>
    public string Code { get; } = code;

    /// <summary>What happened.</summary>
    public string Sentence { get; } = sentence;

    /// <summary>What to do.</summary>
    public string Remedy { get; } = remedy;
}
