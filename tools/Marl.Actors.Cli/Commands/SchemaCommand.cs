using System.CommandLine;
using Marl.Actors.Catalogs;
using Marl.Actors.Cli.Printing;
using Marl.Actors.Core.Files;
using Marl.Actors.Pipelines.Schema;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>marl schema</c>: what editors need to complete and explain pipeline files.</summary>
internal static class SchemaCommand
{
    public static Command Create(Screen screen)
    {
        var output = new Option<string?>("--out") { Description = "The file to write, as in pipelines/schema/pipeline.v1.json. Standard output unless given.", HelpName = "FILE" };
        var command = new ExampleCommand(
            "schema",
            "Writes the JSON Schema of pipeline files: with it, editors complete and explain them. A file names its schema in its first line: "
            + "# yaml-language-server: $schema=schema/pipeline.v1.json",
            "marl schema --out pipelines/schema/pipeline.v1.json")
        {
            output,
        };
        command.SetAction(parsed =>
        {
            var schema = PipelineSchema.Write(BuiltIn.Catalog);
            if (parsed.GetValue(output) is not { } file)
            {
                screen.Out.Writer.Write(schema);
                return ExitCodes.Success;
            }

            var written = WholeFile.Write(file, schema);
            screen.Report(written.Diagnostics);
            return written.IsSuccess ? ExitCodes.Success : ExitCodes.Failure;
        });
        return command;
    }
}
