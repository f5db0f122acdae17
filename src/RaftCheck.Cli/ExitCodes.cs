namespace RaftCheck.Cli;

/// <summary>What the program's exit code says, the same for every command.</summary>
internal static class ExitCodes
{
    public const int NothingFound = 0;
    public const int Violation = 1;
    public const int BadInput = 2;
    public const int Undecided = 3;
    public const int OwnError = 4;
}
