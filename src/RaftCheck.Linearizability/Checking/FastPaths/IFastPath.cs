namespace RaftCheck.Linearizability;

/// <summary>
/// A way to judge one part's operations that is near-linear, and fits only histories of a certain shape: those whose
/// written values are all different, for instance. Stateless, so safe to use from any number of threads.
/// </summary>
internal interface IFastPath
{
    /// <summary>What a result calls it: <c>zones</c>, <c>queue-monitor</c> …</summary>
    string Name { get; }

    /// <summary>
    /// Judges the operations of a part; <see langword="null"/> when they are not of the shape that this way can judge,
    /// which it must find out in near-linear time too.
    /// </summary>
    /// <param name="part">
    /// The operations, in the order of their calls. Only <see cref="JudgedOperation.Outcome"/> says how one ended: the
    /// prefixes of a history are judged too, and an operation that returned later counts as unknown there, though its
    /// <see cref="Operation.Output"/> is filled in.
    /// </param>
    /// <param name="model">The model that they are judged by.</param>
    /// <param name="nilReads">What a read of nil says.</param>
    /// <param name="budget">To be asked now and then (<see cref="Budget.SpendStep"/>); what it says is the answer.</param>
    FastVerdict? Judge(Part part, Model model, NilRead nilReads, Budget budget);
}
