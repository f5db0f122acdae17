using System.Text;
using System.Text.RegularExpressions;

namespace RaftCheck.Linearizability.Tests;

/// <summary>Files that were good until something went over them.</summary>
public sealed class MutationTests
{
    private const int Mutants = 3_000;

    // Bytes that mean something to one of the formats, or to UTF-8, or to a terminal.
    private static readonly byte[] Spice = [.. "\0\n\r\t \"\\#_:;,{}[]()<>-+./0123456789eEnNtf\u001b^~@'"u8, 0x80, 0xC3, 0xE2, 0xED, 0xF0, 0xFF];

    public static TheoryData<string, string> GoodFiles()
    {
        var files = new TheoryData<string, string>();
        int[] numbers = [.. Enumerable.Range(1, 60).Select(static i => i * 7_919 % 100_003)];
        foreach (string model in (string[])["cas-register", "kv", "multi-register"])
        {
            History history = HistoryScript.Play(model, numbers, NilRead.Unconstrained, operationsMax: 12);
            history = History.FromEvents(
                history.Events.Select(static (e, i) => e with { TimeNs = i * 1_000L, Log = e.Type == EventType.Ok ? new LogPosition(1, i) : null })
                    .Append(new HistoryEvent(1000, EventType.Info, HistoryEvent.NemesisProcess, "cut", null, Value.Of("a\u2028\"é😀"), 1_000_000, null)),
                NilRead.Unconstrained);
            foreach (string format in (string[])[HistoryFormats.JsonLines, HistoryFormats.Edn, HistoryFormats.JepsenLog])
            {
                if (model != "kv" || format != HistoryFormats.JepsenLog) files.Add($"{model} {format}", Reading.Write(history, format, model));
            }
        }

        files.Add("edn vector", "[; x\n #_ (1 2) #jepsen.history.Op{:process 0, :type :invoke, :f :read, :value #{nil \\a 1/2 0x1f}},\n {:type :ok :process 0 :f :read :value [1 {:a \"\\u00e9\\101\"}] :error #object[a.B 0x1 \"b\"]}]");
        files.Add("jepsen log", "noise\n2020-01-01 {GMT}\tINFO\t[jepsen worker 1] jepsen.util: 1\t:invoke\t:cas\t[1 2]\nINFO [x] jepsen.util 1 :info :cas [1 2]\t[:timeout \"x\"]\n2\t:invoke\t:read\tnil\n2\t:ok\t:read\t3\n");
        return files;
    }

    [Theory, MemberData(nameof(GoodFiles))]
    public void A_mutated_file_reads_or_gives_one_line_with_its_place(string name, string file)
    {
        byte[] good = Encoding.UTF8.GetBytes(file);
        Assert.NotEmpty(HistoryReader.Parse(good, "h.txt").History.Events);
        var random = new Random(name.Length + good.Length);
        int read = 0;
        for (int i = 0; i < Mutants; i++)
        {
            byte[] mutant = good;
            for (int changes = random.Next(1, 4); changes > 0; changes--) mutant = Mutate(mutant, random);
            if (Reads(mutant)) read++;
        }

        // Most mutants are broken and some are not, or this tests little.
        Assert.InRange(read, Mutants / 100, Mutants * 9 / 10);
    }

    private static bool Reads(byte[] content)
    {
        History history;
        try
        {
            history = HistoryReader.Parse(content, "h.txt").History;
        }
        catch (HistoryFormatException e)
        {
            Assert.Matches(new Regex("^h\\.txt:[1-9][0-9]*:[1-9][0-9]*: [^\\p{Cc}\\u2028\\u2029]+$"), e.Message);
            Assert.InRange(e.Message.Length, 1, 400);
            Assert.InRange(e.Line, 1, content.AsSpan().Count((byte)'\n') + 1);
            Assert.InRange(e.Column, 1, content.Length + 1);
            return false;
        }

        foreach (string format in (string[])[HistoryFormats.JsonLines, HistoryFormats.Edn])
            Assert.Equal(history.Events, Reading.Read(Reading.Write(history, format)).History.Events);
        return true;
    }

    private static byte[] Mutate(byte[] content, Random random)
    {
        if (content.Length == 0) return content;
        int from = random.Next(content.Length);
        int to = Math.Min(content.Length, from + 1 + (random.Next(4) == 0 ? random.Next(content.Length) : random.Next(12)));
        byte[] slice = content[from..to];
        byte[] with = (byte[])content.Clone();
        switch (random.Next(7))
        {
            case 0: with[from] ^= (byte)(1 << random.Next(8)); return with;
            case 1: with[from] = Spice[random.Next(Spice.Length)]; return with;
            case 2: return [.. content[..from], Spice[random.Next(Spice.Length)], .. content[from..]];
            case 3: return content[..from];
            case 4: return [.. content[..from], .. content[to..]];
            case 5: return [.. content[..to], .. slice, .. content[to..]];
            default:
                int elsewhere = random.Next(content.Length);
                return [.. content[..elsewhere], .. slice, .. content[elsewhere..]];
        }
    }
}
