namespace RaftCheck.Fuzzing.Mutants;

/// <summary>One place where a mutant differs from the Raft: whole lines of one file, and the lines that take their place.</summary>
/// <param name="File">The file, from the root of the repository, with <c>/</c> between folders.</param>
/// <param name="Original">The lines as they are, each with a line feed at its end. They occur once in the file.</param>
/// <param name="Replacement">The lines in the mutant, in the same form; empty where the original just goes.</param>
/// <param name="Line">Where the edit begins in the mutant's own file, from 1.</param>
public sealed record MutantEdit(string File, string Original, string Replacement, int Line);
