using Marl.Actors.Core.Results;

namespace Marl.Actors.Build;

/// <summary>Diagnostics as MSBuild reads them.</summary>
internal static class Lines
{
    /// <summary><c>file(line,column): error MARLnnnn: text</c>, whatever the text holds: a second line would not belong to it.</summary>
    public static string One(Diagnostic diagnostic) =>
        new([.. diagnostic.ToString().Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]);

    /// <summary>An exception as the end of a sentence, without the full stop: its type, and what it says.</summary>
    public static string Words(Exception fault) => $"{fault.GetType().Name}: {fault.Message.TrimEnd('.', ' ', '\n', '\r')}";
}
