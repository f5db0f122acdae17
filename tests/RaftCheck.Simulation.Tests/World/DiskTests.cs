using System.Text;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.World;

/// <summary>
/// What a restarted server finds in a file. Each test tells what may be there, over many seeds, and that each of it is.
/// The file's name is durable before the test's script begins, which takes one flush.
/// </summary>
public sealed class DiskTests
{
    private const string File = "file";

    [Fact]
    public void Flushed_bytes_survive_and_what_was_not_flushed_is_lost_wholly_or_in_part_or_not_at_all()
    {
        var found = AfterCrashes(async disk =>
        {
            await disk.Write("abcd");
            await disk.Flush();
            await disk.Write("efgh");
        });
        Assert.Equal(["abcd", "abcde", "abcdef", "abcdefg", "abcdefgh"], found.Order());
    }

    [Fact]
    public void Without_any_flush_everything_may_be_lost()
    {
        var found = AfterCrashes(disk => disk.Write("ab"));
        Assert.Equal(["", "a", "ab"], found.Order());
    }

    [Fact]
    public void A_flush_that_is_under_way_at_a_crash_promises_nothing_and_never_returns()
    {
        var found = AfterCrashes(
            async disk =>
            {
                await disk.Write("ab");
                await disk.Flush();
                disk.Server.Note("flushed");
            },
            flushMs: 500,
            result => Assert.Empty(result.Events("flushed")));
        Assert.Equal(["", "a", "ab"], found.Order());
    }

    [Fact]
    public void A_flush_that_has_returned_before_a_crash_is_kept()
    {
        var found = AfterCrashes(
            async disk =>
            {
                await disk.Write("ab");
                await disk.Flush();
                disk.Server.Note("flushed");
            },
            flushMs: 90,
            result => Assert.Equal(180, Assert.Single(result.Events("flushed")).AtMs));
        Assert.Equal(["ab"], found);
    }

    [Fact]
    public void A_flush_makes_durable_what_was_there_when_it_began_and_nothing_later()
    {
        var found = AfterCrashes(
            async disk =>
            {
                await disk.Write("ab");
                var flush = disk.Flush();
                await disk.Write("cd");
                await flush;
            },
            flushMs: 50);
        Assert.Equal(["ab", "abc", "abcd"], found.Order());
    }

    [Fact]
    public void A_truncation_that_was_not_flushed_may_come_back()
    {
        var found = AfterCrashes(async disk =>
        {
            await disk.Write("abcdef");
            await disk.Flush();
            disk.Truncate(2);
        });
        Assert.Equal(["ab", "abcdef"], found.Order());
    }

    [Fact]
    public void What_was_written_after_a_truncation_and_not_flushed_never_mixes_with_what_was_cut_off()
    {
        var found = AfterCrashes(async disk =>
        {
            await disk.Write("abcd");
            await disk.Flush();
            disk.Truncate(2);
            await disk.Write("XY");
        });
        Assert.Equal(["ab", "abX", "abXY", "abcd"], found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_flushed_truncation_stays()
    {
        var found = AfterCrashes(async disk =>
        {
            await disk.Write("abcdef");
            await disk.Flush();
            disk.Truncate(2);
            await disk.Flush();
        });
        Assert.Equal(["ab"], found);
    }

    [Fact]
    public void Of_two_truncations_that_were_not_flushed_both_may_come_back()
    {
        var found = AfterCrashes(async disk =>
        {
            await disk.Write("abcdef");
            await disk.Flush();
            disk.Truncate(4);
            disk.Truncate(2);
        });
        Assert.Equal(["ab", "abcd", "abcdef"], found.Order());
    }

    [Fact]
    public void A_flush_does_not_make_durable_what_replaced_its_bytes_while_it_was_under_way()
    {
        var found = AfterCrashes(
            async disk =>
            {
                await disk.Write("abcd");
                var flush = disk.Flush();
                disk.Truncate(0);
                await disk.Write("XY");
                await flush;
            },
            flushMs: 50);
        Assert.Contains("", found);
    }

    [Fact]
    public void What_survived_one_crash_survives_the_next()
    {
        var torn = 0;
        for (var seed = 0; seed < 50; seed++)
        {
            var result = Crash(seed, disk => disk.Write("abcdef"), 0, new Fault(100, 10, FaultKind.Crash), new Fault(200, 10, FaultKind.Crash));
            var found = result.Events("found");
            Assert.Equal(3, found.Count);
            Assert.Equal(found[1].Detail, found[2].Detail);
            Assert.Equal(found[1].Detail.Length < 6 ? 1 : 0, result.Statistics.TornWrites);
            torn += result.Statistics.TornWrites;
        }

        Assert.InRange(torn, 10, 40);
    }

    [Fact]
    public void Servers_and_files_do_not_share_their_bytes()
    {
        var system = new ToySystem
        {
            OnStart = async server =>
            {
                server.Host.Disk.Append("one", [(byte)('0' + server.Number)]);
                server.Host.Disk.Append("two", "x"u8);
                await server.Host.Disk.FlushAsync("one");
                server.Note("found", Encoding.ASCII.GetString(server.Host.Disk.Read("one").Span));
                server.Note("none", server.Host.Disk.Read("three").Length);
            },
        };
        var result = Run.Once(system, Given.Scenario(2).Until(1));
        Assert.Equal([(0, "0"), (1, "1")], result.Events("found").Select(e => (e.Server, e.Detail)).Order());
        Assert.All(result.Events("none"), e => Assert.Equal("0", e.Detail));
    }

    [Fact]
    public void A_truncation_beyond_the_end_is_refused()
    {
        var result = Run.Once(new ToySystem { OnStart = async server => await new Disk(server).Write("ab").ContinueWith(_ => server.Host.Disk.Truncate(File, 3), TaskContinuationOptions.ExecuteSynchronously) }, Given.Scenario(1).Until(1));
        Assert.Contains("The file has only 2 bytes", result.Violation?.Message, StringComparison.Ordinal);
    }

    /// <summary>All that a restarted server found, over many seeds.</summary>
    private static HashSet<string> AfterCrashes(Func<Disk, Task> script, int flushMs = 0, Action<RunResult>? check = null)
    {
        var found = new HashSet<string>();
        for (var seed = 0; seed < 200; seed++)
        {
            var result = Crash(seed, script, flushMs, new Fault(100 + flushMs, 10, FaultKind.Crash));
            found.Add(result.Events("found")[^1].Detail);
            check?.Invoke(result);
        }

        return found;
    }

    private static RunResult Crash(int seed, Func<Disk, Task> script, int flushMs, params Fault[] crashes)
    {
        var system = new ToySystem
        {
            OnStart = async server =>
            {
                var isFirstBoot = server.Host.Now == TimeSpan.Zero;
                server.Note("found", Encoding.ASCII.GetString(server.Host.Disk.Read(File).Span));
                if (isFirstBoot)
                {
                    server.Host.Disk.Create(File);
                    await server.Host.Disk.FlushDirectoryAsync();
                    await script(new Disk(server));
                }
            },
        };
        var result = Run.Once(system, Given.Scenario(1, seed).With(crashes) with { Disk = new DiskConditions(flushMs, flushMs) });
        Assert.Equal(Verdict.Pass, result.Verdict);
        return result;
    }

    /// <summary>One file, in characters.</summary>
    internal sealed class Disk(ToyServer server)
    {
        public ToyServer Server => server;

        public Task Write(string text)
        {
            server.Host.Disk.Append(File, Encoding.ASCII.GetBytes(text));
            return Task.CompletedTask;
        }

        public Task Flush() => server.Host.Disk.FlushAsync(File);

        public void Truncate(int length) => server.Host.Disk.Truncate(File, length);
    }
}
