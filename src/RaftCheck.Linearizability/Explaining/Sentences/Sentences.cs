namespace RaftCheck.Linearizability;

/// <summary>
/// Says what is wrong in the words of the model. Each pattern is verified on the whole part, not only on the core, before
/// it speaks; where none fits, a general sentence says what is known of any model.
/// </summary>
internal static class Sentences
{
    private static readonly Func<Situation, string?>[] Patterns =
    [
        RegisterSentences.Say,
        AppendSentences.Say,
        LockSentences.Say,
        ContainerSentences.Say,
        SetSentences.Say,
        NumberSentences.Say,
    ];

    /// <summary>The sentence.</summary>
    public static string For(Situation situation)
    {
        string where = situation.Part.Name is string key ? $"Key {OneLine.Shorten(ValuePrinter.Quote(key))}: " : "";
        foreach (Func<Situation, string?> pattern in Patterns)
        {
            if (pattern(situation) is string sentence) return where + sentence;
        }

        return where + GeneralSentence.Say(situation);
    }
}
