using Marl.Actors.Environments.Traffic;

namespace Marl.Actors.Environments.Tests.Traffic;

/// <summary>
/// A driver that sees all cars: everyone means to go on; where two would be in one cell, all but the one that stays there, or
/// else the one least far on its way, brake; and so on until nobody is in anybody's way. Only who arrives in an occupied cell
/// collides then.
/// </summary>
internal static class Careful
{
    public static Func<int, bool> Brakes(TrafficJunction world, int copy)
    {
        var cars = world.Spec.Agents.Count;
        var fleet = world.Fleet;
        var there = Enumerable.Range(0, cars).Where(car => fleet.IsThere((copy * cars) + car)).ToArray();
        var brakes = new bool[cars];
        while (true)
        {
            var clash = there
                .Select(car => (Car: car, Cell: brakes[car] ? fleet.Cell((copy * cars) + car) : fleet.Next((copy * cars) + car)))
                .Where(c => c.Cell is not null)
                .GroupBy(c => c.Cell)
                .Select(g => g.Select(c => c.Car).Where(car => !brakes[car]).OrderBy(car => fleet.Place((copy * cars) + car)).Skip(g.Any(c => brakes[c.Car]) ? 0 : 1))
                .SelectMany(c => c)
                .ToArray();
            if (clash.Length == 0)
            {
                return car => brakes[car];
            }

            brakes[clash[0]] = true;
        }
    }
}
