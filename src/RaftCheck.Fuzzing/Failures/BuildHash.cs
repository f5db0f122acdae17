using System.Security.Cryptography;
using RaftCheck.Linearizability;
using RaftCheck.Raft;
using RaftCheck.RaftSystem;
using RaftCheck.Simulation.World;

namespace RaftCheck.Fuzzing.Failures;

/// <summary>
/// The identity of the build under test: a recorded schedule fits only the build that made it. Builds are deterministic,
/// so the same source and the same packages give the same hash, wherever it was built.
/// </summary>
public static class BuildHash
{
    private static readonly Lazy<string> Value = new(Compute);

    /// <summary>The hash of the running build: 16 hexadecimal digits.</summary>
    public static string Current => Value.Value;

    private static string Compute()
    {
        // All whose change may change a schedule, a verdict, or the bytes that are compared.
        Type[] parts =
        [
            typeof(RaftNode),
            typeof(RaftSystemUnderTest),
            typeof(WorldProperties),
            typeof(LinearizabilityChecker),
            typeof(RunText),
            typeof(Microsoft.Coyote.Configuration),
        ];
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(File.ReadAllBytes(part.Assembly.Location));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }
}
