using System.Runtime.InteropServices;

namespace RaftCheck.Linearizability;

/// <summary>A list as a stack of items.</summary>
internal static class ItemStack
{
    /// <summary>Takes off the items from a position on, as an array of their own.</summary>
    public static Value[] TakeFrom(this List<Value> items, int position)
    {
        Value[] taken = CollectionsMarshal.AsSpan(items)[position..].ToArray();
        items.RemoveRange(position, items.Count - position);
        return taken;
    }
}
