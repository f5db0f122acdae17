namespace RaftCheck.Linearizability;

/// <summary>
/// Puts processes into lanes. A process that takes the place of one that crashed shares its lane, as long as there are few
/// processes; of many, all share lanes that can.
/// </summary>
internal static class Lanes
{
    // More lanes than this do not fit on a screen.
    private const int OwnLanesMax = 24;

    // How many lanes to look through for a free one: the time for many processes must not grow with their square.
    private const int LookedThroughMax = 256;

    /// <summary>The lane of each operation, from 0.</summary>
    public static int[] Assign(IReadOnlyList<Operation> operations)
    {
        List<Life> lives = LivesOf(operations);
        bool shareFreely = lives.Count > OwnLanesMax;
        long concurrency = Concurrency(lives);
        var lanes = new List<Life>();
        var laneOf = new Dictionary<long, int>();
        foreach (Life life in lives)
        {
            // Jepsen adds the number of processes to the number of one that crashed.
            if (!laneOf.TryGetValue(life.Process - concurrency, out int lane) || !lanes[lane].Crashed || lanes[lane].End >= life.Start)
                lane = shareFreely ? FindFree(lanes, life) : lanes.Count;
            if (lane == lanes.Count) lanes.Add(life);
            else lanes[lane] = life;
            laneOf.Add(life.Process, lane);
        }

        var assigned = new int[operations.Count];
        for (int i = 0; i < assigned.Length; i++) assigned[i] = laneOf[operations[i].Process];
        return assigned;
    }

    private static int FindFree(List<Life> lanes, Life life)
    {
        int lookedThrough = Math.Min(lanes.Count, LookedThroughMax);
        for (int lane = 0; lane < lookedThrough; lane++)
        {
            if (lanes[lane].End < life.Start) return lane;
        }

        return lanes.Count;
    }

    private static List<Life> LivesOf(IReadOnlyList<Operation> operations)
    {
        var places = new Dictionary<long, int>();
        var lives = new List<Life>();
        foreach (Operation operation in operations)
        {
            if (!places.TryGetValue(operation.Process, out int place))
            {
                place = lives.Count;
                places.Add(operation.Process, place);
                lives.Add(new Life(operation.Process, operation.InvokeIndex, 0, false));
            }

            lives[place] = lives[place] with { End = operation.ReturnIndex ?? int.MaxValue, Crashed = operation.Completion == Completion.Info };
        }

        // Numbered processes first come in their order, so that lanes do; the later ones come as they start.
        int firstCrash = FirstCrash(lives);
        return [.. lives.OrderBy(life => life.Start > firstCrash ? life.Start : -1).ThenBy(static life => life.Process)];
    }

    /// <summary>How many processes there are at a time, as far as their numbers tell.</summary>
    private static long Concurrency(List<Life> lives)
    {
        int firstCrash = FirstCrash(lives);
        long largest = lives.Where(life => life.Start < firstCrash).Select(static life => life.Process).DefaultIfEmpty(0).Max();
        return largest == long.MaxValue ? largest : largest + 1;
    }

    private static int FirstCrash(List<Life> lives) =>
        lives.Where(static life => life.Crashed).Select(static life => life.End).DefaultIfEmpty(int.MaxValue).Min();

    /// <summary>When a process is first and last heard of.</summary>
    private readonly record struct Life(long Process, int Start, int End, bool Crashed);
}
