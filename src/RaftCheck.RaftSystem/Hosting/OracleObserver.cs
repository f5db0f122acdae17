using RaftCheck.Raft;
using RaftCheck.RaftSystem.Oracle;

namespace RaftCheck.RaftSystem.Hosting;

/// <summary>Tells the oracle what one server does.</summary>
internal sealed class OracleObserver(NodeId node, RaftOracle oracle) : IRaftObserver
{
    public void Recovered(RecoveredState state) => oracle.Recovered(node, state.CurrentTerm, state.VotedFor, state.Log);

    public void RoleChanged(Role role, Term term) => oracle.RoleChanged(node, role, term);

    public void Voted(Term term, NodeId candidate) => oracle.Voted(node, term, candidate);

    public void Appended(LogEntry entry) => oracle.Appended(node, entry);

    public void Truncated(LogIndex from) => oracle.Truncated(node, from);

    public void Committed(LogIndex commitIndex) => oracle.Committed(node, commitIndex);

    public void Applied(LogEntry entry, ApplyOutcome outcome) => oracle.Applied(node, entry);
}
