using System.CommandLine;
using Marl.Actors.Evaluations;

namespace Marl.Actors.Cli.Commands;

/// <summary>What is said of the policies a run has saved and of how they are to play: <c>marl eval</c> and <c>marl communication</c>.</summary>
/// <param name="chosen">What is likeliest or sampled: "actions".</param>
internal sealed class EvaluationArguments(string chosen)
{
    private readonly Argument<string> run = Arguments.Run();
    private readonly Option<long?> episodes = Arguments.Whole("--episodes", "How many, instead of as many as the pipeline says.", 1, int.MaxValue);
    private readonly Option<bool> greedy = new("--greedy") { Description = $"Takes the likeliest {chosen}." };
    private readonly Option<bool> sampled = new("--sampled") { Description = $"Samples {chosen}. Without either, as the pipeline says." };
    private readonly Option<long?> seed = Arguments.Seed("The root of worlds and actions, in place of the run's.");

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(run);
        command.Add(episodes);
        command.Add(greedy);
        command.Add(sampled);
        command.Add(seed);
        command.Validators.Add(result =>
        {
            if (result.GetValue(greedy) && result.GetValue(sampled))
            {
                result.AddError("Give either --greedy or --sampled.");
            }
        });
    }

    /// <summary>What was asked for.</summary>
    public EvaluationRequest Request(ParseResult parsed) => new()
    {
        RunFolder = parsed.GetValue(run)!,
        Episodes = (int?)parsed.GetValue(episodes),
        Greedy = parsed.GetValue(greedy) ? true : parsed.GetValue(sampled) ? false : null,
        Seed = parsed.GetValue(seed),
    };
}
