namespace RaftCheck.Linearizability.Tests;

public sealed class VacuityTests
{
    [Fact]
    public void Every_change_of_a_sequential_history_is_refused()
    {
        VacuityScore score = Measure(
            """
            {"type":"invoke","process":0,"f":"write","value":1}
            {"type":"ok","process":0,"f":"write","value":1}
            {"type":"invoke","process":0,"f":"read"}
            {"type":"ok","process":0,"f":"read","value":1}
            {"type":"invoke","process":0,"f":"cas","value":[1,2]}
            {"type":"ok","process":0,"f":"cas","value":[1,2]}
            {"type":"invoke","process":0,"f":"read"}
            {"type":"ok","process":0,"f":"read","value":2}
            """);
        Assert.Equal(new VacuityScore(4, 4, 0), score);
    }

    [Fact]
    public void A_history_in_which_nobody_reads_is_worth_nothing()
    {
        VacuityScore score = Measure(
            """
            {"type":"invoke","process":0,"f":"write","value":1}
            {"type":"ok","process":0,"f":"write","value":1}
            {"type":"invoke","process":0,"f":"write","value":2}
            {"type":"ok","process":0,"f":"write","value":2}
            """);
        Assert.Equal(new VacuityScore(2, 0, 0), score);
        Assert.Equal(0, score.RefusedShare);
    }

    [Fact]
    public void What_the_results_leave_open_the_log_may_refuse()
    {
        // Either write may have been the last, by the times alone; not so by the log.
        VacuityScore score = Measure(
            """
            {"type":"invoke","process":0,"f":"write","value":1}
            {"type":"invoke","process":1,"f":"write","value":2}
            {"type":"ok","process":0,"f":"write","value":1,"logTerm":1,"logIndex":1}
            {"type":"ok","process":1,"f":"write","value":2,"logTerm":1,"logIndex":2}
            {"type":"invoke","process":0,"f":"read"}
            {"type":"ok","process":0,"f":"read","value":2,"logTerm":1,"logIndex":2}
            """);
        Assert.Equal(new VacuityScore(3, 1, 1), score);
        Assert.Equal(2.0 / 3, score.RefusedShareWithLog, 6);
    }

    [Fact]
    public void No_more_replies_are_changed_than_asked_for()
    {
        History history = RandomRegister.Play(new Random(1), "register", 1000, 5, lies: false, infos: false);
        VacuityScore score = Vacuity.Measure(history, Linearizability.Models.Find("register"), repliesMax: 100);
        Assert.InRange(score.Replies, 80, 100);
        Assert.InRange(score.RefusedShare, 0.5, 1);
    }

    private static VacuityScore Measure(string lines) => Vacuity.Measure(Reading.Read(lines).History, Linearizability.Models.Find("cas-register"));
}
