using System.CommandLine;
using Marl.Actors.Runtime.Cluster.Security;

namespace Marl.Actors.Cli.Commands;

/// <summary><c>--certificate</c>, <c>--authority</c> and <c>--insecure</c>: who may speak with a process, and whom it believes.</summary>
internal sealed class SecurityOptions
{
    private readonly Option<string?> certificate = new("--certificate")
    {
        Description = $"What this process shows to the others: a PFX file, or a PEM file with a certificate and its key. Its password is taken from {Credentials.PasswordVariable}.", HelpName = "FILE",
    };

    private readonly Option<string?> authority = new("--authority")
    {
        Description = "Whom it believes: whoever shows a certificate that the one in this PEM file has signed. Make one for the cluster alone: marl cluster certificates.", HelpName = "FILE",
    };

    private readonly Option<bool> insecure = new("--insecure") { Description = "Listens where other machines reach it though there are no certificates: anybody there could command it." };

    /// <summary>Adds them to a command; one file without the other is half a thing.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(certificate);
        command.Options.Add(authority);
        command.Options.Add(insecure);
        command.Validators.Add(given =>
        {
            if (given.GetResult(certificate) is null != given.GetResult(authority) is null)
            {
                given.AddError("--certificate and --authority go together: one is shown, the other says who is believed.");
            }
        });
    }

    /// <summary>The files; null when none are given.</summary>
    public Credentials? Of(ParseResult given) => given.GetValue(certificate) is { } shown && given.GetValue(authority) is { } believed
        ? new(shown, believed, Environment.GetEnvironmentVariable(Credentials.PasswordVariable))
        : null;

    /// <summary>The danger was accepted.</summary>
    public bool IsInsecure(ParseResult given) => given.GetValue(insecure);
}
