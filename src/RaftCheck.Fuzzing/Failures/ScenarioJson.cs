using System.Text.Json;
using RaftCheck.Simulation.Scenarios;

namespace RaftCheck.Fuzzing.Failures;

/// <summary>A scenario as JSON. What is written is read back as the same scenario.</summary>
public static class ScenarioJson
{
    /// <summary>A scenario as JSON, with line breaks.</summary>
    /// <param name="scenario">The scenario.</param>
    public static string Write(Scenario scenario) => JsonSerializer.Serialize(scenario, StrictJson.Options);

    /// <summary>Reads a scenario.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="fileName">Where it comes from, for the error's message.</param>
    /// <exception cref="InputException">It is not a scenario, or one that can't be run.</exception>
    public static Scenario Parse(string json, string fileName)
    {
        var scenario = StrictJson.Parse<Scenario>(json, fileName);
        Require(scenario, fileName);
        return scenario;
    }

    internal static void Require(Scenario scenario, string fileName)
    {
        if (ScenarioValidator.FindProblem(scenario) is { } problem)
        {
            throw new InputException($"{fileName}: the scenario can't be run: {problem}");
        }
    }
}
