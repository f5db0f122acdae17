using System.Diagnostics;
using System.Text;

namespace RaftCheck.Raft.Host.Tests;

/// <summary>The host as a process of its own, and the lines of history that it has written: all whole ones, however it ended.</summary>
internal sealed class HostProcess : IDisposable
{
    private readonly Process process;
    private readonly Task<string> error;
    private readonly Task reading;
    private readonly object mutex = new();
    private readonly List<string> lines = [];
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public HostProcess(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "RaftCheck.Raft.Host.dll"));
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        error = process.StandardError.ReadToEndAsync();
        reading = ReadAsync(process.StandardOutput.BaseStream);
    }

    public bool HasExited => process.HasExited;

    /// <summary>Whether it still runs, and how it ended if not, for people to read.</summary>
    public string State => HasExited ? $"it ended with exit code {ExitCode}: {Error}" : "it is still running";

    public int ExitCode => process.ExitCode;

    /// <summary>What it wrote to standard error; to be read when it has ended.</summary>
    public string Error => error.Result;

    /// <summary>The whole lines so far.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (mutex)
            {
                return [.. lines];
            }
        }
    }

    /// <summary>Waits until a leader is elected.</summary>
    /// <returns>False if that did not happen in time, or the host has ended.</returns>
    public async Task<bool> IsReadyAsync(TimeSpan timeout)
    {
        var first = await Task.WhenAny(ready.Task, reading, Task.Delay(timeout));
        if (first == reading)
        {
            await process.WaitForExitAsync();
        }

        return first == ready.Task;
    }

    /// <summary>Ends it as kill -9 does, and waits until it is gone and all of its lines were read.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
    }

    /// <summary>Has it end by itself.</summary>
    /// <returns>False if it did not in time.</returns>
    public async Task<bool> EndAsync(TimeSpan timeout)
    {
        process.StandardInput.Close();
        return await HasEndedAsync(timeout);
    }

    /// <summary>Waits until it has ended.</summary>
    /// <returns>False if it has not in time.</returns>
    public async Task<bool> HasEndedAsync(TimeSpan timeout)
    {
        var end = Task.WhenAll(process.WaitForExitAsync(), reading);
        return await Task.WhenAny(end, Task.Delay(timeout)) == end;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }

    /// <summary>A line longer than a pipe takes at once may be torn by the kill: without its end it does not count.</summary>
    private async Task ReadAsync(Stream output)
    {
        var buffer = new byte[64 << 10];
        var begun = new MemoryStream();
        while (await output.ReadAsync(buffer) is > 0 and var count)
        {
            var rest = buffer.AsMemory(0, count);
            for (int end; (end = rest.Span.IndexOf((byte)'\n')) >= 0; rest = rest[(end + 1)..])
            {
                begun.Write(rest.Span[..end]);
                Add(Encoding.UTF8.GetString(begun.GetBuffer(), 0, (int)begun.Length));
                begun.SetLength(0);
            }

            begun.Write(rest.Span);
        }
    }

    private void Add(string line)
    {
        lock (mutex)
        {
            lines.Add(line);
        }

        if (line.Contains("\"f\":\"ready\"", StringComparison.Ordinal))
        {
            ready.TrySetResult();
        }
    }
}
