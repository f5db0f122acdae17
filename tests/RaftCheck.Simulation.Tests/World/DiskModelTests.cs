using System.Text;
using FsCheck.Xunit;
using RaftCheck.Simulation.Scenarios;
using RaftCheck.Simulation.Tests.Toys;

namespace RaftCheck.Simulation.Tests.World;

public sealed class DiskModelTests
{
    /// <summary>A step of a script: below 150 it appends that many bytes modulo 5, below 220 it truncates, else it flushes.</summary>
    [Property(MaxTest = 500)]
    public void After_a_crash_a_file_is_as_it_was_at_some_moment_since_its_last_flush(byte[] script, int seed)
    {
        var moments = new List<string> { "" };
        var found = "";
        var system = new ToySystem
        {
            OnStart = async server =>
            {
                found = Encoding.ASCII.GetString(server.Host.Disk.Read("f").Span);
                if (server.Host.Now == TimeSpan.Zero)
                {
                    server.Host.Disk.Create("f");
                    await server.Host.Disk.FlushDirectoryAsync();
                    foreach (var (number, step) in script.Index())
                    {
                        await Do(server, step, (char)('a' + (number % 26)), moments);
                    }
                }
            },
        };
        Run.Once(system, Given.Scenario(1, seed).With(new Fault(10, 10, FaultKind.Crash)));
        Assert.True(IsAllowed(moments, found), $"\"{found}\" after {string.Join(", ", moments.Select(moment => $"\"{moment}\""))}");
    }

    private static async Task Do(ToyServer server, byte step, char letter, List<string> moments)
    {
        var now = moments[^1];
        switch (step)
        {
            case < 150:
                var added = new string(letter, step % 5);
                server.Host.Disk.Append("f", Encoding.ASCII.GetBytes(added));
                moments.Add(now + added);
                break;
            case < 220:
                var length = step % (now.Length + 1);
                server.Host.Disk.Truncate("f", length);
                moments.Add(now[..length]);
                break;
            default:
                await server.Host.Disk.FlushAsync("f");
                moments.Clear();
                moments.Add(now);
                break;
        }
    }

    /// <summary>As at one of the moments, or in the middle of an append from one to the next.</summary>
    private static bool IsAllowed(List<string> moments, string found) =>
        moments.Contains(found)
        || moments.Zip(moments.Skip(1)).Any(step => found.StartsWith(step.First, StringComparison.Ordinal) && step.Second.StartsWith(found, StringComparison.Ordinal));
}
