namespace RaftCheck.Raft.Tests.Scenarios;

/// <summary>The commands of a script that ask a server for more than replication.</summary>
internal static class ScriptOperations
{
    public static void Execute(ScriptCluster cluster, string command, string[] arguments) =>
        throw new ArgumentException($"A script has no command \"{command} {string.Join(' ', arguments)}\" for {cluster}.", nameof(command));
}
