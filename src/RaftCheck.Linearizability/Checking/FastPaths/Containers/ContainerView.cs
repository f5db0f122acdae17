namespace RaftCheck.Linearizability;

/// <summary>
/// What was known of a container after a number of returns: operations that returned later count as unknown, those called
/// later are not there. A moment is the time right after a rank, and is called by that rank. For one thread.
/// </summary>
internal sealed class ContainerView
{
    private const int None = ContainerHistory.None;
    private const int Never = ContainerHistory.Never;
    private readonly int[] _byPutReturn;

    /// <summary>A view of that history.</summary>
    public ContainerView(ContainerHistory history)
    {
        History = history;
        int elements = history.Puts.Length;
        IsThere = new bool[elements];
        PutCall = new int[elements];
        PutReturn = new int[elements];
        TakeCall = new int[elements];
        TakeReturn = new int[elements];
        Taker = new int[elements];
        _byPutReturn = SortByPutReturn(history);
    }

    /// <summary>All that happened.</summary>
    public ContainerHistory History { get; }

    /// <summary>The ranks up to the last return.</summary>
    public int Ranks { get; private set; }

    /// <summary>How many elements somebody had begun to put in: the first so many.</summary>
    public int Count { get; private set; }

    /// <summary>
    /// Which elements matter: those that were in, or that somebody took out. One that nobody knows to have been in or to
    /// have come out may as well never have gone in.
    /// </summary>
    public bool[] IsThere { get; }

    /// <summary>From when on an element may be in.</summary>
    public int[] PutCall { get; }

    /// <summary>From when on an element has been in. Not after <see cref="TakeReturn"/>; never <see cref="Never"/>.</summary>
    public int[] PutReturn { get; }

    /// <summary>From when on an element may be out: not before <see cref="PutCall"/>; <see cref="Never"/> if it stays.</summary>
    public int[] TakeCall { get; }

    /// <summary>From when on an element has been out; <see cref="Never"/> if that is not known.</summary>
    public int[] TakeReturn { get; }

    /// <summary>Who took an element; <see cref="None"/> if it stays.</summary>
    public int[] Taker { get; }

    /// <summary>The elements that were in, and that nobody is known to have taken, in the order of <see cref="PutReturn"/>.</summary>
    public List<int> Lost { get; } = [];

    /// <summary>Those who may have taken one of the lost, or nothing, in the order of their calls.</summary>
    public List<int> UnknownTakes { get; } = [];

    /// <summary>Those who found the container empty, in the order of their calls.</summary>
    public List<int> Empties { get; } = [];

    /// <summary>Looks at the history after that many returns.</summary>
    /// <param name="returns">How many.</param>
    /// <param name="without">One of unknown end that is supposed to have taken nothing; none if <see cref="ContainerHistory.None"/>.</param>
    public void Load(int returns, int without)
    {
        ContainerHistory history = History;
        Ranks = returns == history.ByReturn.Length ? history.Ranks
            : returns == 0 ? history.Ranks - history.Calls.Length - history.ByReturn.Length
            : history.Returns[history.ByReturn[returns - 1]] + 1;
        LoadElements();
        Lost.Clear();
        foreach (int element in _byPutReturn)
        {
            if (history.PutReturn(element) >= Ranks) break;
            if (Taker[element] == None) Lost.Add(element);
        }

        UnknownTakes.Clear();
        Empties.Clear();
        foreach (int taker in history.Takers)
        {
            if (history.Calls[taker] >= Ranks) break;
            if (taker == without) continue;
            if (history.Returns[taker] >= Ranks) UnknownTakes.Add(taker);
            else if (history.FindsEmpty[taker]) Empties.Add(taker);
        }
    }

    /// <summary>Supposes that one who may have taken anything has taken a lost element.</summary>
    public void Assign(int element, int taker)
    {
        Taker[element] = taker;
        TakeCall[element] = Math.Max(History.Calls[taker], PutCall[element]);
    }

    /// <summary>Supposes that a lost element stays.</summary>
    public void Keep(int element)
    {
        Taker[element] = None;
        TakeCall[element] = Never;
    }

    /// <summary>The operations among these, in order and each once: no operation put in what was there at first.</summary>
    public static int[] Culprits(IEnumerable<int> operations) => [.. operations.Where(static operation => operation != None).Distinct().Order()];

    private void LoadElements()
    {
        ReadOnlySpan<int> takes = History.Takes;
        int element = 0;
        for (; element < takes.Length; element++)
        {
            int call = History.PutCall(element);
            if (call >= Ranks) break;
            int back = History.PutReturn(element);
            int take = takes[element];
            bool isTaken = take != None && History.Returns[take] < Ranks;
            IsThere[element] = isTaken || back < Ranks;
            PutCall[element] = call;
            PutReturn[element] = isTaken ? Math.Min(back, History.Returns[take]) : back;
            TakeCall[element] = isTaken ? Math.Max(History.Calls[take], call) : Never;
            TakeReturn[element] = isTaken ? History.Returns[take] : Never;
            Taker[element] = isTaken ? take : None;
        }

        Count = element;
    }

    private static int[] SortByPutReturn(ContainerHistory history)
    {
        var returns = new List<int>();
        var elements = new List<int>();
        for (int element = 0; element < history.Puts.Length; element++)
        {
            if (history.PutReturn(element) == Never) continue;
            returns.Add(history.PutReturn(element));
            elements.Add(element);
        }

        int[] sorted = [.. elements];
        Array.Sort([.. returns], sorted);
        return sorted;
    }
}
