using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Simulation.Systems;

/// <summary>
/// A replicated system that the world can run: the one seam between the world and what it tests. One instance serves
/// many runs, one after another.
/// </summary>
public interface ISystemUnderTest
{
    /// <summary>The system's name.</summary>
    string Name { get; }

    /// <summary>The name of the sequential model that judges its histories, as the linearizability checker knows it.</summary>
    string Model { get; }

    /// <summary>The names of the properties that its oracle checks at every step.</summary>
    IReadOnlyList<string> Properties { get; }

    /// <summary>Whether a client has to open a session before it does operations.</summary>
    bool HasSessions => false;

    /// <summary>The names of what the system can do, by number: how often it did is counted (<see cref="IRunRecorder.Count"/>).</summary>
    IReadOnlyList<string> Features => [];

    /// <summary>Begins a run.</summary>
    /// <param name="scenario">What will be run.</param>
    /// <param name="recorder">Where the system's oracle reports what it sees.</param>
    ISystemRun Begin(Scenario scenario, IRunRecorder recorder);
}

/// <summary>One run of a system: its servers, and the oracle that sees all of them.</summary>
public interface ISystemRun
{
    /// <summary>Starts a server from what its disk holds. Called in the server's own process; again after each crash.</summary>
    /// <param name="host">What the server gets from its world.</param>
    Task<IServer> StartServerAsync(IServerHost host);

    /// <summary>The server that leads at this moment, as far as an observer who sees everything can tell, or null.</summary>
    int? FindLeader();

    /// <summary>
    /// A hash of the system's state as a tester sees it: what matters of it, and none of what only counts up. The same in
    /// every process. Called at every scheduling step by strategies that look for states they have not seen.
    /// </summary>
    int AbstractState { get; }

    /// <summary>The server's process has crashed: nothing of its memory is left.</summary>
    /// <param name="server">The server.</param>
    void ServerCrashed(int server);

    /// <summary>A message, or a detail of the system's own events, as text for people. Called after the run.</summary>
    /// <param name="detail">What to describe.</param>
    string Describe(object detail);
}

/// <summary>A running server.</summary>
public interface IServer
{
    /// <summary>Handles a request of another server. Called in the server's process, in an activity of its own.</summary>
    /// <param name="from">The server that sent it.</param>
    /// <param name="request">The request.</param>
    /// <returns>The reply.</returns>
    ValueTask<object> HandleAsync(int from, object request);

    /// <summary>Does a client's operation. Called in the server's process, in an activity of its own.</summary>
    /// <param name="request">The operation.</param>
    Task<ClientReply> ExecuteAsync(ClientRequest request);

    /// <summary>Opens a client's session, if the system has such. Called in the server's process, in an activity of its own.</summary>
    Task<SessionReply> OpenSessionAsync() => throw new NotSupportedException("The system has no sessions.");

    /// <summary>Does what an operator asks. Called in the server's process, in an activity of its own.</summary>
    /// <param name="action">What to do.</param>
    /// <returns>What came of it, for people to read.</returns>
    Task<string> OperateAsync(OperatorAction action) => Task.FromResult("not supported");
}

/// <summary>What a server gets from its world. Everything but the properties may be used only from the server's own activities.</summary>
public interface IServerHost
{
    /// <summary>The server's number, from 0.</summary>
    int Server { get; }

    /// <summary>How many servers the cluster has.</summary>
    int ClusterSize { get; }

    /// <summary>The settings of the scenario.</summary>
    SystemSettings Settings { get; }

    /// <summary>Virtual time since the start of the run.</summary>
    TimeSpan Now { get; }

    /// <summary>Completes when a span of virtual time has passed; a part of a microsecond counts as a whole one.</summary>
    /// <param name="duration">How long; zero or more.</param>
    Task Delay(TimeSpan duration);

    /// <summary>A number drawn from the scenario's seed, for this server alone.</summary>
    /// <param name="fromInclusive">The smallest.</param>
    /// <param name="toExclusive">One more than the largest.</param>
    int NextRandom(int fromInclusive, int toExclusive);

    /// <summary>Sends a request to another server.</summary>
    /// <typeparam name="TReply">The kind of reply that the request gets.</typeparam>
    /// <param name="to">The other server.</param>
    /// <param name="request">The request. Immutable: the other server gets this very object.</param>
    /// <returns>The reply; null if none came in time.</returns>
    Task<TReply?> CallAsync<TReply>(int to, object request)
        where TReply : class;

    /// <summary>Starts an activity in the server's process. It does not run inside this call. An exception that escapes it is a violation.</summary>
    /// <param name="name">What it is for.</param>
    /// <param name="activity">The activity.</param>
    void Start(string name, Func<Task> activity);

    /// <summary>The server's disk.</summary>
    ISimulatedDisk Disk { get; }
}

/// <summary>
/// A server's disk: files that grow at their end, in one directory. In a crash, what was not flushed may be lost: of a
/// file's content without <see cref="FlushAsync"/>, of what happened to names (created, renamed, deleted) without
/// <see cref="FlushDirectoryAsync"/>.
/// </summary>
public interface ISimulatedDisk
{
    /// <summary>Creates a file, empty, unless there is one of that name.</summary>
    /// <param name="file">The file's name.</param>
    void Create(string file);

    /// <summary>All bytes of a file; empty if it does not exist.</summary>
    /// <param name="file">The file's name.</param>
    ReadOnlyMemory<byte> Read(string file);

    /// <summary>Adds bytes at the end of a file; it is created if it does not exist.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="bytes">The bytes; they are copied.</param>
    void Append(string file, ReadOnlySpan<byte> bytes);

    /// <summary>Cuts a file off.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="length">The new length in bytes; not longer than the file is.</param>
    void Truncate(string file, long length);

    /// <summary>The names of all files, in ordinal order.</summary>
    IReadOnlyList<string> List();

    /// <summary>Gives a file another name; a file that has that name already is replaced.</summary>
    /// <param name="from">The file's name.</param>
    /// <param name="to">Its new name.</param>
    void Rename(string from, string to);

    /// <summary>Deletes a file, if there is one of that name.</summary>
    /// <param name="file">The file's name.</param>
    void Delete(string file);

    /// <summary>Makes all that was appended or truncated so far durable.</summary>
    /// <param name="file">The file's name.</param>
    Task FlushAsync(string file);

    /// <summary>Makes all that happened to names so far durable. It takes as long as a file's flush.</summary>
    Task FlushDirectoryAsync();

    /// <summary>Takes the disk for the server's process alone, until the result is disposed or the process crashes.</summary>
    /// <exception cref="IOException">The process has it already.</exception>
    IDisposable Lock();
}

/// <summary>Where a system's oracle reports what it sees.</summary>
public interface IRunRecorder
{
    /// <summary>Adds an event to the trace.</summary>
    /// <param name="server">Where it happened.</param>
    /// <param name="name">What happened.</param>
    /// <param name="peer">The other server that it concerns; -1 for none.</param>
    /// <param name="detail">What belongs to it; described after the run, so it must be immutable.</param>
    void Trace(int server, string name, int peer = -1, object? detail = null);

    /// <summary>A property was violated. The first one ends the run.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="message">What happened, in one sentence, with the values.</param>
    void Violate(string property, string message);

    /// <summary>The system did one of the things that it can do.</summary>
    /// <param name="feature">Its number among the system's features.</param>
    void Count(int feature);

    /// <summary>A leader was elected.</summary>
    void CountElection();

    /// <summary>A server goes by another configuration of the cluster.</summary>
    void ConfigurationChanged();

    /// <summary>Entries were committed for the first time.</summary>
    /// <param name="entries">How many.</param>
    void CountCommits(long entries);
}
