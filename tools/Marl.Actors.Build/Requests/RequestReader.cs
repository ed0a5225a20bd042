using Marl.Actors.Core.Files;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Build.Requests;

/// <summary>Reads requests: a line <c>key=value</c> for each thing said, written by the targets.</summary>
internal static class RequestReader
{
    /// <summary>Between the path of a pipeline file and its name.</summary>
    private const char Separator = '\t';

    public static Result<BuildRequest> Read(string path) => WholeFile.Read(path).Then(bytes =>
    {
        var request = new BuildRequest();
        foreach (var line in System.Text.Encoding.UTF8.GetString(bytes).TrimStart('\uFEFF').Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length > 0))
        {
            var sign = line.IndexOf('=');
            if (sign < 0 || Said(request, line[..sign], line[(sign + 1)..]) is not { } next)
            {
                return Result.Failure<BuildRequest>(new Diagnostic(
                    CheckerCodes.Request, SourceSpan.Whole(path), $"The targets ask for '{line}', which this checker does not know.", "Delete the obj folder and restore the package Marl.Actors.Build again."));
            }

            request = next;
        }

        return Result.Success(request);
    });

    private static BuildRequest? Said(BuildRequest request, string key, string value) => key switch
    {
        "pass" => Enum.TryParse<BuildPass>(value, ignoreCase: true, out var pass) ? request with { Pass = pass } : null,
        "project" => request with { Project = value },
        "pipeline" => value.Split(Separator) is [var path, var name] ? request with { Pipelines = [.. request.Pipelines, new(path, name.Replace('\\', '/'))] } : null,
        "folder" => request with { Folder = value },
        "code" => request with { Code = value },
        "namespace" => request with { Namespace = value },
        "public" => request with { IsPublic = IsTrue(value) },
        "reads" => request with { Reads = value },
        "assembly" => request with { Assembly = value },
        "reference" => request with { References = [.. request.References, value] },
        "catalog" => request with { Catalog = value },
        "schema" => request with { Schemas = [.. request.Schemas, value] },
        "components" => request with { ComponentsFollow = IsTrue(value) },
        "warningsAreErrors" => request with { WarningsAreErrors = IsTrue(value) },
        _ => null,
    };

    private static bool IsTrue(string value) => value.Equals("true", StringComparison.OrdinalIgnoreCase);
}
