using Marl.Actors.Core.Messages;
using Marl.Actors.Core.Messages.Kinds;
using Marl.Actors.Core.Stages;

namespace Marl.Actors.Coordination.Hierarchy;

/// <summary>
/// The stage of <see cref="GroupsComponent"/>: takes all reports, tells every coordinator, takes their choices, sends all goals.
/// A coordinator sees the mean of its members' reports, and then each report with the place relative to that mean; it gets
/// the mean of what they got.
/// </summary>
internal sealed class GroupsStage : IStage
{
    private const int Plane = GoalMessages.Dimensions;

    private readonly GroupsOptions options;
    private readonly int copies;
    private readonly bool hasCentres;
    private readonly Allotments allotments;
    private readonly float[] offsets; // [goals, 2]: of a region's goals from its middle
    private readonly MessagePool steps;
    private readonly MessagePool stepsEnded;
    private readonly MessagePool goals;
    private readonly Needs allReports = new(1, 0, 0);
    private readonly Needs allChoices;
    private bool isAsking; // the reports are in, the choices are awaited

    public GroupsStage(GroupsOptions options, StageContext context)
    {
        this.options = options;
        copies = context.Types.Input("reports").Get<int>("copies");
        hasCentres = context.Types.Peers("centres") > 0;
        allotments = new(options.Size);
        offsets = [.. Enumerable.Range(0, options.Size).SelectMany(i => new[] { Offset(i % options.Columns, options.Columns), Offset(i / options.Columns, options.Rows) })];
        var coordinator = GroupsComponent.Coordinator(options);
        steps = new(StepMessages.Layout(copies, coordinator, fixedRoster: true, anyEnded: false));
        stepsEnded = new(StepMessages.Layout(copies, coordinator, fixedRoster: true, anyEnded: true));
        goals = new(GoalMessages.Layout(copies));
        allChoices = new(0, 1, hasCentres ? 1 : 0);

        float Offset(int which, int count) => (float)(options.Extent * (((2 * which) + 1.0 - count) / count));
    }

    public Needs Needs => isAsking ? allChoices : allReports;

    public void Start(IOutputs outputs)
    {
    }

    public void Fire(Firing firing, IOutputs outputs)
    {
        for (var group = 0; group < options.Groups; group++)
        {
            if (isAsking)
            {
                Give(group, firing, outputs);
            }
            else
            {
                outputs.Send(GroupsComponent.Steps, group, Gathered(group, firing));
            }
        }

        isAsking = !isAsking;
    }

    public void Save(StageSnapshot snapshot) => snapshot.Put("groups.asking", isAsking ? (byte)1 : (byte)0);

    public void Load(StageSnapshot snapshot) => isAsking = snapshot.GetOne<byte>("groups.asking") == 1;

    public void Dispose()
    {
    }

    private Message Gathered(int group, Firing firing)
    {
        var first = firing[GroupsComponent.Reports, group * options.Size];
        var hasFinals = first.Has(StepMessages.FinalObservation); // all members live in the same episodes
        var message = (hasFinals ? stepsEnded : steps).Rent(first.Stamp);
        Gather(group, firing, StepMessages.Observation, message.Write(StepMessages.Observation));
        if (hasFinals)
        {
            Gather(group, firing, StepMessages.FinalObservation, message.Write(StepMessages.FinalObservation));
        }

        var reward = message.Write(StepMessages.Reward);
        reward.Clear();
        for (var member = 0; member < options.Size; member++)
        {
            var own = firing[GroupsComponent.Reports, (group * options.Size) + member][StepMessages.Reward];
            for (var copy = 0; copy < copies; copy++)
            {
                reward[copy] += own[copy] / options.Size;
            }
        }

        first[StepMessages.Terminated].CopyTo(message.Write(StepMessages.Terminated));
        first[StepMessages.Truncated].CopyTo(message.Write(StepMessages.Truncated));
        return message;
    }

    private void Gather(int group, Firing firing, int field, Span<float> target)
    {
        target.Clear();
        var (width, report) = (options.Observes, options.Report);
        for (var member = 0; member < options.Size; member++)
        {
            var reported = firing[GroupsComponent.Reports, (group * options.Size) + member][field];
            for (var copy = 0; copy < copies; copy++)
            {
                var row = target.Slice(copy * width, width);
                var own = reported.Slice(copy * report, report);
                own.CopyTo(row[((1 + member) * report)..]);
                for (var i = 0; i < report; i++)
                {
                    row[i] += own[i] / options.Size;
                }
            }
        }

        for (var copy = 0; copy < copies; copy++)
        {
            var row = target.Slice(copy * width, width);
            for (var member = 0; member < options.Size; member++)
            {
                for (var i = 0; i < Plane; i++)
                {
                    row[((1 + member) * report) + i] -= row[i];
                }
            }
        }
    }

    private void Give(int group, Firing firing, IOutputs outputs)
    {
        var choices = firing[GroupsComponent.Choices, group];
        var chosen = choices[ActionMessages.Action];
        for (var member = 0; member < options.Size; member++)
        {
            var message = goals.Rent(choices.Stamp);
            var target = message.Write(GoalMessages.Goal);
            for (var copy = 0; copy < copies; copy++)
            {
                var goal = allotments[(int)chosen[copy], member];
                for (var i = 0; i < Plane; i++)
                {
                    var middle = hasCentres ? firing[GroupsComponent.Centres, group][GoalMessages.Goal][(copy * Plane) + i] : 0;
                    target[(copy * Plane) + i] = middle + offsets[(goal * Plane) + i];
                }
            }

            outputs.Send(GroupsComponent.Goals, (group * options.Size) + member, message);
        }
    }
}
