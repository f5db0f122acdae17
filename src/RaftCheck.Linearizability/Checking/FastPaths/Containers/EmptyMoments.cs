namespace RaftCheck.Linearizability;

/// <summary>
/// Finds a moment for each operation that found a container empty: the first one, between its call and its return, at which
/// no element is certainly in, and no more elements are lost than somebody may have taken. For one thread.
/// </summary>
internal sealed class EmptyMoments(ContainerView view)
{
    private const int Never = ContainerHistory.Never;

    // At each moment, how many elements are certainly in that somebody is known to take; how many more are lost than
    // somebody may have taken; and the first moment from there on at which both are none.
    private int[] _covered = [];
    private int[] _lost = [];
    private int[] _next = [];
    private int _unlucky;

    /// <summary>The moments, of each of <see cref="ContainerView.Empties"/> one. They never decrease.</summary>
    public List<int> Moments { get; } = [];

    /// <summary>Looks for the moments.</summary>
    /// <returns>Whether each found one. If not, there is no order.</returns>
    public bool TryFind()
    {
        Moments.Clear();
        if (view.Empties.Count == 0) return true;
        Count();
        foreach (int empty in view.Empties)
        {
            int moment = _next[view.History.Calls[empty]];
            if (moment >= view.History.Returns[empty])
            {
                _unlucky = empty;
                return false;
            }

            Moments.Add(moment);
        }

        return true;
    }

    /// <summary>
    /// After a failure: the operation that found no moment, and elements one of which is in at each; or of which too many
    /// are lost.
    /// </summary>
    public int[] Culprits()
    {
        int called = view.History.Calls[_unlucky];
        int returned = view.History.Returns[_unlucky];
        int[] longest = LongestByMoment();
        var culprits = new List<int> { _unlucky };
        int lastLost = -1;
        for (int moment = called; moment < returned;)
        {
            int element = longest[moment];
            if (_covered[moment] == 0)
            {
                lastLost = moment++;
                continue;
            }

            culprits.Add(view.History.Puts[element]);
            culprits.Add(view.Taker[element]);
            moment = view.TakeCall[element];
        }

        foreach (int element in view.Lost)
        {
            if (view.PutReturn[element] <= lastLost) culprits.Add(view.History.Puts[element]);
        }

        return ContainerView.Culprits(culprits);
    }

    /// <summary>At each moment, of the elements that were put in before and that somebody takes, the one taken last.</summary>
    private int[] LongestByMoment()
    {
        var longest = new int[view.Ranks];
        Array.Fill(longest, ContainerHistory.None);
        for (int i = 0; i < view.Count; i++)
        {
            if (view.TakeReturn[i] != Never) longest[view.PutReturn[i]] = i;
        }

        for (int rank = 1; rank < longest.Length; rank++)
        {
            int before = longest[rank - 1];
            bool isLonger = before >= 0 && (longest[rank] < 0 || view.TakeCall[before] > view.TakeCall[longest[rank]]);
            if (isLonger) longest[rank] = before;
        }

        return longest;
    }

    private void Count()
    {
        if (_next.Length == 0)
        {
            _covered = new int[view.History.Ranks + 1];
            _lost = new int[view.History.Ranks + 1];
            _next = new int[view.History.Ranks + 1];
        }

        Array.Clear(_covered);
        Array.Clear(_lost);
        for (int i = 0; i < view.Count; i++)
        {
            if (view.TakeReturn[i] == Never || view.PutReturn[i] >= view.TakeCall[i]) continue;
            _covered[view.PutReturn[i]]++;
            _covered[view.TakeCall[i]]--;
        }

        foreach (int element in view.Lost) _lost[view.PutReturn[element]]++;
        foreach (int taker in view.UnknownTakes) _lost[view.History.Calls[taker]]--;
        for (int rank = 1; rank < view.Ranks; rank++)
        {
            _covered[rank] += _covered[rank - 1];
            _lost[rank] += _lost[rank - 1];
        }

        _next[view.Ranks] = Never;
        for (int rank = view.Ranks - 1; rank >= 0; rank--)
            _next[rank] = _covered[rank] == 0 && _lost[rank] <= 0 ? rank : _next[rank + 1];
    }
}
