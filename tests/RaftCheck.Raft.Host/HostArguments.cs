using System.Globalization;

namespace RaftCheck.Raft.Host;

/// <summary>What the host is asked to do. Its message is one line for the one who asked.</summary>
internal sealed class UsageException(string message) : Exception(message);

/// <summary>The host's command line.</summary>
/// <param name="Directory">Where the servers' directories are; it is created if it does not exist.</param>
/// <param name="Incarnation">How often the host was started on this directory before: its clients are numbered by it.</param>
/// <param name="Clients">How many clients there are, each with one operation at a time; 1 or more.</param>
/// <param name="Seed">What the clients' choices are drawn from.</param>
/// <param name="Resend">A file of calls from an earlier incarnation's history that are to be sent again; null for none.</param>
internal sealed record HostArguments(string Directory, int Incarnation = 0, int Clients = 8, int Seed = 1, string? Resend = null)
{
    public const string Usage = "usage: RaftCheck.Raft.Host <directory> [--incarnation N] [--clients N] [--seed N] [--resend <file>]";

    /// <exception cref="UsageException">The command line is not one of the host's.</exception>
    public static HostArguments Parse(IReadOnlyList<string> args)
    {
        if (args.Count == 0 || args[0].StartsWith("--", StringComparison.Ordinal))
        {
            throw new UsageException($"the directory is missing; {Usage}");
        }

        var parsed = new HostArguments(args[0]);
        for (var i = 1; i < args.Count; i += 2)
        {
            var value = i + 1 < args.Count ? args[i + 1] : throw new UsageException($"{args[i]} has no value; {Usage}");
            parsed = args[i] switch
            {
                "--incarnation" => parsed with { Incarnation = Number(args[i], value, least: 0) },
                "--clients" => parsed with { Clients = Number(args[i], value, least: 1) },
                "--seed" => parsed with { Seed = Number(args[i], value, least: 0) },
                "--resend" => parsed with { Resend = value },
                _ => throw new UsageException($"there is no option {args[i]}; {Usage}"),
            };
        }

        return parsed;
    }

    private static int Number(string option, string value, int least) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new UsageException($"{option} must be a whole number from {least}, and is '{value}'");
}
