using FsCheck.Xunit;
using RaftCheck.Raft.Node;
using RaftCheck.Raft.Rules;

namespace RaftCheck.Raft.Tests.Rules;

public sealed class ReplicationRuleProperties
{
    [Property]
    public bool Nothing_is_sent_when_there_is_nothing_to_send(byte mode, bool probeInFlight, byte inFlight, byte window, byte next, byte before) =>
        !MaySend(mode, probeInFlight, inFlight, window, next, last: next - 1 - before);

    [Property]
    public bool A_probe_waits_for_the_one_before_and_for_nothing_else(bool probeInFlight, byte inFlight, byte window, byte next, byte more) =>
        MaySend((byte)ReplicationMode.Probe, probeInFlight, inFlight, window, next, last: next + more) == !probeInFlight;

    [Property]
    public bool A_replicating_leader_sends_as_long_as_its_window_is_not_full(bool probeInFlight, byte inFlight, byte window, byte next, byte more) =>
        MaySend((byte)ReplicationMode.Replicate, probeInFlight, inFlight, window, next, last: next + more) == (inFlight < 1 + (window % 8));

    [Property]
    public bool No_entries_are_sent_while_a_snapshot_is_under_way(bool probeInFlight, byte inFlight, byte window, byte next, byte more) =>
        !MaySend((byte)ReplicationMode.Snapshot, probeInFlight, inFlight, window, next, last: next + more);

    [Property]
    public bool What_is_allowed_stays_allowed_when_more_has_to_be_sent_and_less_is_under_way(byte mode, byte inFlight, byte window, byte next, byte more) =>
        !MaySend(mode, true, inFlight, window, next, next + more) || MaySend(mode, false, inFlight / 2, window, next, next + more + 1);

    /// <summary>Few modes and small windows, so that each case is common.</summary>
    private static bool MaySend(byte mode, bool probeInFlight, int inFlight, byte window, long next, long last) =>
        ReplicationRule.MaySend((ReplicationMode)(mode % 3), probeInFlight, inFlight, 1 + (window % 8), new LogIndex(next), new LogIndex(last));
}
