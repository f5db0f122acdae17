using FsCheck;

namespace RaftCheck.Linearizability.Tests;

/// <summary>Makes any texts and numbers into events that hold values of every kind.</summary>
internal static class AnyEvents
{
    public static IEnumerable<HistoryEvent> Of(NonNull<string>[] texts, long[] numbers)
    {
        string Text(int i) => texts.Length == 0 ? "" : texts[i % texts.Length].Get;
        long Number(int i) => numbers.Length == 0 ? 0 : numbers[i % numbers.Length];
        for (int i = 0; i < texts.Length + numbers.Length; i++)
        {
            bool isNemesis = Number(i) % 5 == 3;
            yield return new HistoryEvent(
                i * 3,
                isNemesis ? EventType.Info : EventType.Invoke,
                isNemesis ? HistoryEvent.NemesisProcess : i,
                Text(i),
                Number(i) % 2 == 0 ? null : Text(i + 2),
                ValueOf(i, Text, Number),
                Number(i) % 3 == 0 ? -1 : Math.Abs(Number(i) / 2),
                Number(i) % 7 == 0 ? Text(i + 1) : null)
            {
                Log = isNemesis ? new LogPosition(i, Math.Abs(Number(i) / 2)) : null,
            };
        }
    }

    private static Value ValueOf(int i, Func<int, string> text, Func<int, long> number) => (i % 9) switch
    {
        0 => Value.Of(text(i)),
        1 => Value.Of(number(i)),
        2 => Value.List(Value.Nil, Value.Of(text(i + 1)), Value.List(), Value.Of(number(i) > 0)),
        3 => Value.Map((Value.Of(text(i)), Value.Map()), (Value.Of(text(i + 1)), Value.Of(1))),
        4 => Value.Keyword($"k{number(i)}"),
        5 => Value.Set(Value.Of(number(i)), Value.Set(), Value.Of(text(i))),
        6 => Value.Map((Value.Of(number(i)), Value.Literal("1/2")), (Value.Keyword("a/b"), Value.Literal("-0.50"))),
        7 => Value.List(Value.Literal("1e400"), Value.Literal("##Inf"), Value.Literal("\\newline"), Value.Literal("sym$bol")),
        _ => Value.Nil,
    };
}
