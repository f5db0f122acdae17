namespace RaftCheck.Linearizability;

/// <summary>An order that explains everything that returned before the return which nothing explains.</summary>
/// <param name="Operations">
/// The operations in their order: all that had returned, and those pending or of unknown end that took effect in it.
/// </param>
/// <param name="State">The model's state after them.</param>
public sealed record PartialLinearization(IReadOnlyList<Operation> Operations, Value State);
