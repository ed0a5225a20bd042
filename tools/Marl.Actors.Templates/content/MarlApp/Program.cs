using Marl.Actors.Catalogs;
using Marl.Actors.Experiments;
using MarlApp;

// The pipelines of this project are records: parameters are typed, and a renamed one is a compile error.
var pipeline = new Pipelines.Meeting(Seed: 7);
var shown = 0L;

var result = await Experiment.RunAsync(ExperimentRequest.Of(pipeline) with
{
    Catalog = BuiltIn.Catalog.WithComponentsOf(typeof(MeetingWorld).Assembly),
    Progress = progress =>
    {
        if (progress.Evaluation is { } evaluation && evaluation.EnvironmentSteps > shown)
        {
            shown = evaluation.EnvironmentSteps;
            Console.WriteLine($"{shown,8} steps: mean return {evaluation.Returns.Mean:F2}");
        }
    },
});

foreach (var diagnostic in result.Diagnostics)
{
    Console.Error.WriteLine(diagnostic);
}

if (result.IsSuccess)
{
    Console.WriteLine($"Mean return after learning: {result.Value.Summary.Evaluation!.Mean:F2}. Everything is in {result.Value.Folder}.");
}

return result.IsSuccess ? 0 : 1;
