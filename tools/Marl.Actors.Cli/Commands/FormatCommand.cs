using System.CommandLine;
using System.Text;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines.Formatting;
using Marl.Actors.Pipelines.Text;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl format</c>: the one canonical layout of pipeline files.</summary>
internal static class FormatCommand
{
    private const string NotFormatted = "MARL3701";

    public static Command Create(Screen screen)
    {
        var files = Arguments.Files("Files of any kind: pipelines, parts, sweeps, bars, fault plans.");
        var check = new Option<bool>("--check") { Description = "Changes nothing; exit code 1 when a file is not in canonical layout." };
        var command = new ExampleCommand(
            "format",
            "Brings files into canonical layout; comments and meaning stay as they are.",
            "marl format pipelines/*.yaml",
            "marl format --check pipelines/*.yaml")
        {
            files, check,
        };
        command.SetAction(parsed =>
        {
            var isGood = true;
            foreach (var file in parsed.GetValue(files)!)
            {
                var done = Canonical(file).Then(texts => parsed.GetValue(check) ? Compare(file, texts) : Write(file, texts));
                screen.Report(done.Diagnostics);
                isGood &= done.IsSuccess;
                if (done.IsSuccess)
                {
                    screen.Line($"{file}: {done.Value}");
                }
            }

            return isGood ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }

    /// <summary>The file's bytes as they are and as they should be.</summary>
    private static Result<(byte[] Present, byte[] Canonical)> Canonical(string file) => PipelineText.Read(file)
        .Then(_ => WholeFile.Read(file))
        .Then(bytes => PipelineFormatter.Format(Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF'), file).Map(text => (bytes, Encoding.UTF8.GetBytes(text))));

    private static Result<string> Compare(string file, (byte[] Present, byte[] Canonical) texts) => texts.Present.AsSpan().SequenceEqual(texts.Canonical)
        ? Result.Success("ok")
        : Result.Failure<string>(new Diagnostic(NotFormatted, SourceSpan.Whole(file), "This file is not in canonical layout.", $"Run marl format {file}."));

    private static Result<string> Write(string file, (byte[] Present, byte[] Canonical) texts) => texts.Present.AsSpan().SequenceEqual(texts.Canonical)
        ? Result.Success("ok")
        : WholeFile.Write(file, texts.Canonical).Map(_ => "formatted");
}
