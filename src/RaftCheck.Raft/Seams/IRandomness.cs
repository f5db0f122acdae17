namespace RaftCheck.Raft.Seams;

/// <summary>The randomness that a node may use. Called only under the node's lock.</summary>
public interface IRandomness
{
    /// <summary>A duration drawn uniformly, in whole milliseconds.</summary>
    /// <param name="shortest">The shortest duration that may be drawn.</param>
    /// <param name="longest">The longest; not shorter than <paramref name="shortest"/>.</param>
    TimeSpan NextDuration(TimeSpan shortest, TimeSpan longest);
}
