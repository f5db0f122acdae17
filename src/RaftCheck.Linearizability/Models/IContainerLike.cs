namespace RaftCheck.Linearizability;

/// <summary>What an operation does to a container.</summary>
internal enum ContainerCallKind
{
    /// <summary>It puts <see cref="ContainerCall.Element"/> in.</summary>
    Put,

    /// <summary>It takes <see cref="ContainerCall.Element"/> out.</summary>
    Take,

    /// <summary>It finds the container empty.</summary>
    TakeNothing,

    /// <summary>It takes something out, or finds the container empty: nobody knows.</summary>
    TakeAnything,
}

/// <summary>An operation in the words of a container.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Element">What it puts in, or takes out; nil if that is not known.</param>
internal readonly record struct ContainerCall(ContainerCallKind Kind, Value Element);

/// <summary>A model whose state is what was put in and not taken out yet.</summary>
internal interface IContainerLike
{
    /// <summary>Which element comes out.</summary>
    TakeOrder Order { get; }

    /// <summary>An operation in the words of a container.</summary>
    ContainerCall AsContainerCall(in Call call);
}
