namespace Marl.Actors.Runtime.Simulated;

/// <summary>Numbers below a bound, each at most once, to draw from: adding, taking out and drawing cost the same however many there are.</summary>
/// <param name="bound">One more than the greatest number.</param>
internal sealed class ReadyList(int bound)
{
    private readonly List<int> members = [];
    private readonly bool[] isMember = new bool[bound];

    public int Count => members.Count;

    public int this[int index] => members[index];

    public void Add(int number)
    {
        if (!isMember[number])
        {
            isMember[number] = true;
            members.Add(number);
        }
    }

    public void AddAll()
    {
        for (var number = 0; number < isMember.Length; number++)
        {
            Add(number);
        }
    }

    /// <summary>Takes the member at an index out; the last takes its place.</summary>
    public void RemoveAt(int index)
    {
        isMember[members[index]] = false;
        members[index] = members[^1];
        members.RemoveAt(members.Count - 1);
    }
}
