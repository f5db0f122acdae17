using System.Collections;

namespace RaftCheck.Raft;

/// <summary>What a leader knows of all others; equal to another one of the same content, so that a status has the equality of a record.</summary>
/// <param name="followers">One for each other server.</param>
internal sealed class FollowerList(IEnumerable<FollowerStatus> followers) : IReadOnlyList<FollowerStatus>
{
    private readonly FollowerStatus[] items = [.. followers];

    public static FollowerList Empty { get; } = new([]);

    public int Count => items.Length;

    public FollowerStatus this[int index] => items[index];

    public IEnumerator<FollowerStatus> GetEnumerator() => items.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public override bool Equals(object? obj) => obj is FollowerList other && items.SequenceEqual(other.items);

    public override int GetHashCode() => items.Length;

    public override string ToString() => $"[{string.Join(", ", items.AsEnumerable())}]";
}
