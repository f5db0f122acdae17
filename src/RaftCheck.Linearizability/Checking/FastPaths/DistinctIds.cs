namespace RaftCheck.Linearizability;

/// <summary>Judges a generator of ids: all orders are as good as one another, and none is good if an id comes up twice.</summary>
internal sealed class DistinctIds : IFastPath
{
    /// <inheritdoc/>
    public string Name => "distinct-ids";

    /// <inheritdoc/>
    public FastVerdict? Judge(Part part, Model model, NilRead nilReads, Budget budget)
    {
        if (model is not UniqueIdsModel) return null;
        var firstWith = new Dictionary<Value, int>();
        foreach (Value known in model.Initial.Items) firstWith.Add(known, -1);
        var order = new List<int>();
        foreach (int position in part.CompletedByReturn())
        {
            Value id = part.Operations[position].Operation.Output ?? Value.Nil;
            if (!id.IsNil && !firstWith.TryAdd(id, position))
            {
                int[] culprits = firstWith[id] < 0 ? [position] : [firstWith[id], position];
                return FastVerdict.NotLinearizable(culprits, position, [.. order]);
            }

            order.Add(position);
        }

        return FastVerdict.Linearizable([.. order]);
    }
}
