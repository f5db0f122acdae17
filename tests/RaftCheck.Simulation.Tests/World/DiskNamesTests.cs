using System.Text;
using FsCheck.Xunit;
using RaftCheck.Simulation.Results;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Systems;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.World;

/// <summary>
/// Which files a restarted server finds. Each test tells what may be there, over many seeds, and that each of it is. What is
/// in the files is always flushed, so a file that is there is whole.
/// </summary>
public sealed class DiskNamesTests
{
    [Fact]
    public void A_file_whose_name_was_not_flushed_may_be_lost_with_all_that_was_flushed_in_it()
    {
        var found = AfterCrashes(disk => Write(disk, "a"));
        Assert.Equal(["", "a=a"], found.Order());
    }

    [Fact]
    public void Flushed_names_survive()
    {
        var found = AfterCrashes(async disk =>
        {
            await Write(disk, "a");
            await Write(disk, "b");
            await disk.FlushDirectoryAsync();
        });
        Assert.Equal(["a=a b=b"], found);
    }

    [Fact]
    public void What_was_not_flushed_is_undone_from_some_operation_on_and_never_out_of_order()
    {
        var found = AfterCrashes(async disk =>
        {
            await Write(disk, "a");
            await disk.FlushDirectoryAsync();
            await Write(disk, "b");
            disk.Rename("b", "c");
            disk.Delete("a");
        });
        Assert.Equal(["a=a", "a=a b=b", "a=a c=b", "c=b"], found.Order());
    }

    [Fact]
    public void A_file_that_was_replaced_is_back_whole_if_the_renaming_is_undone()
    {
        var found = AfterCrashes(async disk =>
        {
            await Write(disk, "old");
            await Write(disk, "new");
            await disk.FlushDirectoryAsync();
            disk.Rename("new", "old");
        });
        Assert.Equal(["new=new old=old", "old=new"], found.Order());
    }

    [Fact]
    public void A_renamed_file_may_have_lost_what_was_not_flushed_in_it()
    {
        var found = AfterCrashes(async disk =>
        {
            disk.Append("a", "x"u8);
            disk.Rename("a", "b");
            await disk.FlushDirectoryAsync();
        });
        Assert.Equal(["b=", "b=x"], found.Order());
    }

    [Fact]
    public void A_name_that_was_used_again_has_one_file_at_a_time()
    {
        var found = AfterCrashes(async disk =>
        {
            await Write(disk, "a");
            await disk.FlushDirectoryAsync();
            disk.Delete("a");
            disk.Append("a", "again"u8);
            await disk.FlushAsync("a");
        });
        Assert.Equal(["", "a=a", "a=again"], found.Order());
    }

    [Fact]
    public void A_flush_of_names_that_is_under_way_at_a_crash_promises_nothing_and_never_returns()
    {
        var found = AfterCrashes(
            async disk =>
            {
                disk.Create("a");
                await disk.FlushDirectoryAsync();
                Assert.Fail("The flush has returned.");
            },
            flushMs: 500);
        Assert.Equal(["", "a="], found.Order());
    }

    [Fact]
    public void A_flush_of_names_takes_its_time_and_covers_what_happened_before_it_began()
    {
        var found = AfterCrashes(
            async disk =>
            {
                disk.Create("a");
                var flush = disk.FlushDirectoryAsync();
                Assert.False(flush.IsCompleted);
                disk.Create("b");
                await flush;
            },
            flushMs: 50);
        Assert.Equal(["a=", "a= b="], found.Order());
    }

    [Fact]
    public void Reading_creates_nothing()
    {
        var found = AfterCrashes(async disk =>
        {
            Assert.Equal(0, disk.Read("a").Length);
            await disk.FlushDirectoryAsync();
        });
        Assert.Equal([""], found);
    }

    [Fact]
    public void A_locked_disk_is_locked_once_and_a_crash_unlocks_it()
    {
        var locks = 0;
        AfterCrashes(disk =>
        {
            disk.Lock().Dispose();
            disk.Lock();
            Assert.Throws<IOException>(disk.Lock);
            locks++;
            return Task.CompletedTask;
        }, inEachBoot: true);
        Assert.Equal(2 * Seeds, locks);
    }

    /// <summary>A step of a script, by its remainder of 6: creates (0, 1, 2), renames, deletes, or flushes; the names are 3.</summary>
    [Property(MaxTest = 500)]
    public void After_a_crash_the_names_are_as_they_were_at_some_moment_since_their_last_flush(byte[] script, int seed)
    {
        var moments = new List<string> { "" };
        var result = Crash(seed, 0, false, async disk =>
        {
            foreach (var step in script)
            {
                await Do(disk, step);
                if (step % 6 == 5)
                {
                    moments.Clear();
                }

                moments.Add(Show(disk));
            }
        });
        Assert.Contains(result.Events("found")[^1].Detail, moments);
    }

    private const int Seeds = 100;

    private static async Task Do(ISimulatedDisk disk, byte step)
    {
        var (name, other) = ("abc"[step / 6 % 3].ToString(), "abc"[step / 18 % 3].ToString());
        switch (step % 6)
        {
            case 3 when disk.List().Contains(name):
                disk.Rename(name, other);
                break;
            case 4:
                disk.Delete(name);
                break;
            case 5:
                await disk.FlushDirectoryAsync();
                break;
            default:
                disk.Create(name);
                break;
        }
    }

    private static async Task Write(ISimulatedDisk disk, string name)
    {
        disk.Append(name, Encoding.ASCII.GetBytes(name));
        await disk.FlushAsync(name);
    }

    private static string Show(ISimulatedDisk disk) => string.Join(' ', disk.List().Select(name => $"{name}={Encoding.ASCII.GetString(disk.Read(name).Span)}"));

    /// <summary>All that a restarted server found, over many seeds.</summary>
    private static HashSet<string> AfterCrashes(Func<ISimulatedDisk, Task> script, int flushMs = 0, bool inEachBoot = false) =>
        [.. Enumerable.Range(0, Seeds).Select(seed => Crash(seed, flushMs, inEachBoot, script).Events("found")[^1].Detail)];

    private static RunResult Crash(int seed, int flushMs, bool inEachBoot, Func<ISimulatedDisk, Task> script)
    {
        var system = new ToySystem
        {
            OnStart = async server =>
            {
                server.Note("found", Show(server.Host.Disk));
                if (inEachBoot || server.Host.Now == TimeSpan.Zero)
                {
                    await script(server.Host.Disk);
                }
            },
        };
        var result = Run.Once(system, Given.Scenario(1, seed).With(new Fault(100, 10, FaultKind.Crash)) with { Disk = new DiskConditions(flushMs, flushMs) });
        Assert.Equal(Verdict.Pass, result.Verdict);
        return result;
    }
}
