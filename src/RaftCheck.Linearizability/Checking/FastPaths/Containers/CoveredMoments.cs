namespace RaftCheck.Linearizability;

/// <summary>Moments that are covered one stretch after another, and stay so. For one thread.</summary>
internal sealed class CoveredMoments
{
    // Of each moment, one that is not after the first free one from there on: itself, if it is free.
    private int[] _next = [];
    private int[] _by = [];

    /// <summary>Frees that many moments. The one behind them is always free.</summary>
    public void Reset(int moments)
    {
        if (_next.Length <= moments)
        {
            _next = new int[moments + 1];
            _by = new int[moments + 1];
        }

        for (int i = 0; i <= moments; i++) _next[i] = i;
    }

    /// <summary>The first free moment from one on.</summary>
    public int FirstFree(int moment)
    {
        while (_next[moment] != moment)
        {
            _next[moment] = _next[_next[moment]];
            moment = _next[moment];
        }

        return moment;
    }

    /// <summary>Covers the moments from one up to, but not including, another.</summary>
    public void Cover(int from, int to, int by)
    {
        for (int moment = from < to ? FirstFree(from) : to; moment < to; moment = FirstFree(moment))
        {
            _by[moment] = by;
            _next[moment] = moment + 1;
        }
    }

    /// <summary>Who covered a moment that is not free.</summary>
    public int By(int moment) => _by[moment];
}
