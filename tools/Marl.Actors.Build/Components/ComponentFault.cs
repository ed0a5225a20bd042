using Marl.Actors.Core.Results;
using Marl.Actors.Pipelines;

namespace Marl.Actors.Build.Components;

/// <summary>A component of the project threw when it was asked about itself.</summary>
/// <param name="id">Its id.</param>
/// <param name="question">What it was asked: <c>its ports</c>.</param>
/// <param name="fault">What it threw.</param>
internal sealed class ComponentFault(string id, string question, Exception fault) : Exception(fault.Message, fault)
{
    /// <summary>What to say, at the line that names the component.</summary>
    public Diagnostic At(FileExamination file)
    {
        var names = from stage in file.Pipeline?.Stages ?? []
                    from name in stage.Inputs.SelectMany(i => i.Sources).SelectMany(s => s.Operators).Select(o => o.Name).Prepend(stage.Uses)
                    where name.Value == id
                    select name.Where;
        return new(
            CheckerCodes.Component,
            names.FirstOrDefault(SourceSpan.Whole(file.Path)),
            $"'{id}' throws when it is asked for {question}: {Lines.Words(InnerException!)}{Method()}.",
            "Repair it in C#. A build makes no stages and loads no native libraries; it asks for options, domains and signatures.");
    }

    /// <summary>The method of the project that threw, where the runtime tells.</summary>
    private string Method() => InnerException!.TargetSite is { DeclaringType: { } type } method ? $" ({type.Name}.{method.Name})" : "";
}
