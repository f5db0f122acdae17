using System.Text.Json;
using RaftCheck.Fuzzing.Campaigns;
using RaftCheck.Simulation.Results;

namespace RaftCheck.Fuzzing.Tests.Campaigns;

public class CampaignTests
{
    [Fact]
    public void A_campaign_does_real_work_and_the_same_again_from_its_seed()
    {
        var first = Hunt(seed: 5);
        var second = Hunt(seed: 5);

        Assert.Null(first.Found);
        Assert.Equal(200, first.Statistics.RunCount);
        Assert.True(first.Statistics.MedianLeaders >= 2, $"The median run elects {first.Statistics.MedianLeaders} leaders.");
        Assert.True(first.Statistics.MedianCommitsUnderFaults >= 1, "The median run commits nothing under faults.");
        Assert.True(first.Statistics.IdleRuns < 20, $"{first.Statistics.IdleRuns} of 200 runs do nothing worth checking.");
        Assert.DoesNotContain(first.Statistics.Faults, fault => fault.Value == 0);
        Assert.InRange(first.Statistics.Vacuity.RefusedShare, 0.4, 1);
        Assert.Equal(Text(first.Statistics), Text(second.Statistics));
    }

    [Fact]
    public void Cancelling_ends_a_campaign_with_what_it_has()
    {
        using var cancellation = new CancellationTokenSource();
        var options = new CampaignOptions { Schedulers = [SchedulerChoice.Cooperative], Seed = 1 };

        var result = Campaign.Run(
            options,
            (statistics, _) =>
            {
                if (statistics.Scenarios == 3)
                {
                    cancellation.Cancel();
                }
            },
            cancellation.Token);

        Assert.Equal(3, result.Statistics.Scenarios);
        Assert.Equal(result.Statistics.RunCount, result.Statistics.Runs[Verdict.Pass]);
    }

    [Fact]
    public void The_sum_of_two_campaigns_counts_everything_once()
    {
        var sum = new CampaignStatistics();
        var part = Hunt(seed: 9).Statistics;
        sum.Add(part);
        sum.Add(part);

        Assert.Equal(2 * part.RunCount, sum.RunCount);
        Assert.Equal(2 * part.Operations.Ok, sum.Operations.Ok);
        Assert.Equal(2 * part.Vacuity.Replies, sum.Vacuity.Replies);
        Assert.Equal(part.MedianLeaders, sum.MedianLeaders);
    }

    private static CampaignResult Hunt(int seed) =>
        Campaign.Run(new CampaignOptions { Schedulers = [SchedulerChoice.Cooperative], Seed = seed, Runs = 200 }, (_, _) => { }, CancellationToken.None);

    private static string Text(CampaignStatistics statistics)
    {
        statistics.ElapsedMs = 0;
        return JsonSerializer.Serialize(statistics);
    }
}
