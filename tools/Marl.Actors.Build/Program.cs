using Marl.Actors.Build;
using Marl.Actors.Core.Results;

// marl-check REQUEST: one pass over the pipeline files of a project. MSBuild starts it; the targets say what a request is.
Console.OutputEncoding = new System.Text.UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
var output = Console.Out;
Console.SetOut(TextWriter.Null); // what components of the project print is not for MSBuild to read
try
{
    if (args is not [var request])
    {
        output.WriteLine("usage: marl-check REQUEST");
        return ExitCodes.Usage;
    }

    var findings = Checker.Run(request);
    foreach (var finding in findings)
    {
        output.WriteLine(Lines.One(finding));
    }

    return findings.Any(f => f.Severity == Severity.Error) ? ExitCodes.Findings : ExitCodes.Success;
}
catch (Exception fault)
{
    output.WriteLine(Lines.One(new(CheckerCodes.Fault, SourceSpan.Whole("marl-check"), $"This is a fault in the checker itself: {Lines.Words(fault)}.", "Please report it.")));
    Console.Error.WriteLine(fault.StackTrace);
    return ExitCodes.Fault;
}
