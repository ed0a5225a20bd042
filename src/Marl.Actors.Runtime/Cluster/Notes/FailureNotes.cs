using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Results;
using Marl.Actors.Core.Stages;
using Marl.Actors.Runtime.Directing;
using Marl.Actors.Runtime.Wire;

namespace Marl.Actors.Runtime.Cluster.Notes;

/// <summary>
/// A stage's failure on the wire: the kind of exception, as far as the supervision policy tells kinds apart, and what it says.
/// No exception type is ever created by its name.
/// </summary>
internal static class FailureNotes
{
    private enum Sort : byte
    {
        Other,
        Stated,
        Arithmetic,
        Data,
        Files,
    }

    public static byte[] Write(StageFailure failure)
    {
        var writer = new WireWriter();
        writer.Text(failure.Stage);
        writer.Flag(failure.At is not null);
        var at = failure.At ?? default;
        writer.Int(at.Update);
        writer.Int(at.Step);
        writer.Int(at.Round);
        writer.Byte((byte)(failure.Cause switch
        {
            StageException => Sort.Stated,
            ArithmeticException => Sort.Arithmetic,
            InvalidDataException => Sort.Data,
            IOException or UnauthorizedAccessException => Sort.Files,
            _ => Sort.Other,
        }));
        var stated = failure.Cause as StageException;
        writer.Text(stated?.Code ?? "");
        writer.Text(stated?.Sentence ?? failure.Cause.Message);
        writer.Text(stated?.Remedy ?? "");
        return writer.ToArray();
    }

    public static StageFailure Read(byte[] body)
    {
        var reader = new WireReader(body);
        var stage = reader.Text();
        var hasStamp = reader.Flag();
        var at = new Stamp(reader.Int(), reader.Int(), reader.Int());
        var sort = (Sort)reader.Byte();
        var (code, sentence, remedy) = (reader.Text(), reader.Text(), reader.Text());
        return new(stage, hasStamp ? at : null, sort switch
        {
            Sort.Stated => new StageException(code, sentence, remedy),
            Sort.Arithmetic => new ArithmeticException(sentence),
            Sort.Data => new InvalidDataException(sentence),
            Sort.Files => new IOException(sentence),
            _ => new InvalidOperationException(sentence),
        });
    }

    /// <summary>Findings of a host that can't do what it is asked.</summary>
    public static byte[] Write(Values<Diagnostic> findings)
    {
        var writer = new WireWriter();
        writer.Small(findings.Count);
        foreach (var finding in findings)
        {
            writer.Text(finding.Code);
            writer.Text(finding.Where.ToString());
            writer.Text(finding.Sentence);
            writer.Text(finding.Remedy);
        }

        return writer.ToArray();
    }

    /// <param name="body">The bytes.</param>
    /// <param name="node">Whose findings they are.</param>
    public static Values<Diagnostic> Read(byte[] body, string node)
    {
        var reader = new WireReader(body);
        var findings = new Diagnostic[reader.Count(10_000, 4)];
        for (var i = 0; i < findings.Length; i++)
        {
            var (code, where, sentence, remedy) = (reader.Text(), reader.Text(), reader.Text(), reader.Text());
            findings[i] = new(code, SourceSpan.Whole($"{node}: {where}"), sentence, remedy);
        }

        return [.. findings];
    }
}
