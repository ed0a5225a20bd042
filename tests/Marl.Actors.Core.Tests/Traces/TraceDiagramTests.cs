using Marl.Actors.Core.Traces;
using Xunit;

namespace Marl.Actors.Core.Tests.Traces;

public sealed class TraceDiagramTests
{
    [Fact]
    public void The_first_messages_are_drawn() => Assert.Equal(
        """
        sequenceDiagram
            participant p_a as a
            participant p_b_x as b/x
            p_a->>p_b_x: steps @0.0
            p_a->>p_b_x: absent @0.1.-1

        """.ReplaceLineEndings("\n"),
        TraceDiagram.Mermaid(TraceExamples.Of(), messages: 2));
}
