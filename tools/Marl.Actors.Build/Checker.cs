using Marl.Actors.Build.Passes;
using Marl.Actors.Build.Requests;
using Marl.Actors.Core.Results;

namespace Marl.Actors.Build;

/// <summary>One pass, from the request to what is to be said.</summary>
internal static class Checker
{
    /// <summary>Runs a pass.</summary>
    /// <param name="path">The request.</param>
    /// <returns>All findings, in the order of the files.</returns>
    public static IReadOnlyList<Diagnostic> Run(string path)
    {
        var read = RequestReader.Read(path);
        if (!read.IsSuccess)
        {
            return read.Diagnostics;
        }

        var request = read.Value;
        var findings = request.Pass == BuildPass.Text ? new TextPass(request).Run() : new ComponentPass(request).Run();
        return [.. Told(request.WarningsAreErrors ? findings.Select(f => f with { Severity = Severity.Error }) : findings)];
    }

    /// <summary>Each once: a mistake in a part is found in the part, and again in every pipeline that uses it.</summary>
    private static IEnumerable<Diagnostic> Told(IEnumerable<Diagnostic> findings) => findings
        .GroupBy(f => f with { Related = [] })
        .Select(same => same.Key with { Related = same.SelectMany(f => f.Related).Distinct().ToValues() });
}
