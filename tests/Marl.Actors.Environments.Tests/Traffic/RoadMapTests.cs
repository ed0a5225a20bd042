using Marl.Actors.Environments.Traffic;
using Xunit;

namespace Marl.Actors.Environments.Tests.Traffic;

public sealed class RoadMapTests
{
    // Entries and routes as IC3Net's get_routes makes them; cells are those of its roads, crossings counted once.
    [Theory]
    [InlineData(Difficulty.Easy, 7, 2, 2, 13)]
    [InlineData(Difficulty.Medium, 14, 4, 12, 52)]
    [InlineData(Difficulty.Hard, 18, 8, 56, 128)]
    public void Maps_have_the_known_numbers_of_entries_routes_and_cells(Difficulty difficulty, int size, int entries, int routes, int cells)
    {
        var map = RoadMap.Of(difficulty, size);
        Assert.Equal((entries, routes, cells), (map.RoutesOf.Length, map.Routes.Length, map.Cells.Length));
        Assert.All(map.RoutesOf, r => Assert.Equal(routes / entries, r.Length));
    }

    [Theory]
    [InlineData(Difficulty.Easy, 7)]
    [InlineData(Difficulty.Easy, 4)]
    [InlineData(Difficulty.Medium, 14)]
    [InlineData(Difficulty.Medium, 5)]
    [InlineData(Difficulty.Hard, 18)]
    [InlineData(Difficulty.Hard, 9)]
    public void Routes_lead_cell_by_cell_from_an_entry_to_every_other_exit(Difficulty difficulty, int size)
    {
        var map = RoadMap.Of(difficulty, size);
        foreach (var routes in map.RoutesOf.Select(of => of.Select(r => map.Routes[r]).ToArray()))
        {
            Assert.Single(routes.Select(r => r.Cells[0]).Distinct());
            Assert.Equal(routes.Length, routes.Select(r => r.Cells[^1]).Distinct().Count());
            foreach (var route in routes)
            {
                var cells = route.Cells.Select(c => map.Cells[c]).ToArray();
                Assert.True(IsEdge(cells[0]) && IsEdge(cells[^1]));
                Assert.DoesNotContain(cells[1..^1], IsEdge);
                Assert.All(cells.Zip(cells.Skip(1)), step => Assert.Equal(1, Math.Abs(step.First.Row - step.Second.Row) + Math.Abs(step.First.Column - step.Second.Column)));
                Assert.Equal(cells.Length, cells.Distinct().Count());
            }
        }

        bool IsEdge((int Row, int Column) cell) => cell.Row == 0 || cell.Column == 0 || cell.Row == size - 1 || cell.Column == size - 1;
    }

    [Fact]
    public void From_the_top_of_the_medium_map_cars_go_down_left_and_right()
    {
        var map = RoadMap.Of(Difficulty.Medium, 6);
        var routes = map.RoutesOf[0].Select(r => string.Join(' ', map.Routes[r].Cells.Select(c => $"{map.Cells[c].Row}{map.Cells[c].Column}"))).Order();
        Assert.Equal(["02 12 22 21 20", "02 12 22 32 33 34 35", "02 12 22 32 42 52"], routes);
    }

    // Top left of the hard map, 9 cells: columns and rows 1, 2 and 6, 7. The way to the other road's exit at the top leads over the first junction.
    [Fact]
    public void Two_turns_are_taken_as_soon_as_may_be()
    {
        var map = RoadMap.Of(Difficulty.Hard, 9);
        var routes = map.RoutesOf[0].Select(r => string.Join(' ', map.Routes[r].Cells.Select(c => $"{map.Cells[c].Row}{map.Cells[c].Column}"))).ToArray();
        Assert.Contains("01 11 21 22 23 24 25 26 27 17 07", routes);
        Assert.Contains("01 11 21 22 23 24 25 26 36 46 56 66 76 86", routes);
        Assert.Contains("01 11 10", routes);
    }

    [Fact]
    public void What_is_in_sight_is_the_road_around()
    {
        var map = RoadMap.Of(Difficulty.Easy, 3); // 1 row and 1 column, both in the middle: cells 01 10 11 12 21
        Assert.Equal([(0, 1), (1, 0), (1, 1), (1, 2), (2, 1)], map.Cells);
        Assert.Equal([-1, 0, -1, 1, 2, 3, -1, 4, -1], map.Windows(1)[(2 * 9)..(3 * 9)]);
        Assert.Equal([0, 1, 2, 3, 4], map.Windows(0));
    }
}
