namespace RaftCheck.Cli.Commands;

/// <summary>A history was not read to its end, for no fault of its own.</summary>
internal sealed class NotReadException(string reason) : Exception(reason);
