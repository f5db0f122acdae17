using System.Text;

namespace RaftCheck.Linearizability.Tests;

public sealed class MalformedTests
{
    private const string Call = "{:process 0 :type :invoke :f :read :value nil}\n";
    private const string JsonCall = "{\"type\":\"invoke\",\"process\":0,\"f\":\"read\",\"value\":null}\n";
    private const string LogCall = "INFO  jepsen.util - 0\t:invoke\t:read\tnil\n";

    [Theory]
    [InlineData("", "c01.txt:1:1: the file is empty")]
    [InlineData(" \n,", "c01.txt:1:1: the file is empty")]
    [InlineData("; only a comment", "c01.txt:1:17: the file holds no events")]
    [InlineData("hello\nworld\n", "c01.txt:1:1: the file is not a history: not JSON lines, not EDN, and no line of it is one that Jepsen prints")]
    [InlineData(Call + " {:process 0, :type", "c01.txt:2:20: the file ends inside a map (opened at 2:2)")]
    [InlineData("{", "c01.txt:1:2: the file ends inside a map (opened at 1:1)")]
    [InlineData("{:process 0 :value [1 2", "c01.txt:1:24: the file ends inside a vector (opened at 1:20)")]
    [InlineData("{:process 0 :value #{1 2", "c01.txt:1:25: the file ends inside a set (opened at 1:20)")]
    [InlineData("{:process 0 :value #tag", "c01.txt:1:24: the file ends inside the value of the tag #tag")]
    [InlineData("{:process 0 :value #", "c01.txt:1:21: the file ends inside a value")]
    [InlineData("{:process 0 :value #_", "c01.txt:1:22: the file ends inside a discarded value")]
    [InlineData("{:process 0 :value \"abc\\", "c01.txt:1:25: the file ends inside a string (opened at 1:20)")]
    [InlineData("{:process 0 :value \"\\u12", "c01.txt:1:25: the file ends inside a string (opened at 1:20)")]
    [InlineData("{:process 0 :value \"\\u12zz\"}", "c01.txt:1:21: \\u needs four hexadecimal digits")]
    [InlineData("{:process 0 :value \"\\q\"}", "c01.txt:1:21: the string has an unknown escape '\\q'")]
    [InlineData("[" + Call, "c01.txt:2:1: the file ends inside the vector of events (opened at 1:1)")]
    [InlineData("(" + Call, "c01.txt:2:1: the file ends inside the list of events (opened at 1:1)")]
    [InlineData("[" + Call + ")", "c01.txt:2:1: ')' closes nothing")]
    [InlineData("[] []", "c01.txt:1:4: something follows the events")]
    [InlineData("[1]", "c01.txt:1:2: an event is a map, not 1")]
    [InlineData("[{:a}]", "c01.txt:1:2: the key :a of the map has no value")]
    [InlineData("[{:a 1 :a 2}]", "c01.txt:1:2: the map has a key twice")]
    [InlineData("[{:a ^1}]", "c01.txt:1:6: '^' starts no value")]
    [InlineData("[{:a 1x}]", "c01.txt:1:6: '1x' is not a number")]
    [InlineData("[{:a 0x}]", "c01.txt:1:6: '0x' is not a number")]
    [InlineData("[{:a 0x1g}]", "c01.txt:1:6: '0x1g' is not a number")]
    [InlineData("{\n  \"type\": \"invoke\"\n}", "c01.txt:1:2: the line ends inside its JSON object")]
    [InlineData("[{:a :}]", "c01.txt:1:6: a keyword has no name")]
    [InlineData("[{:process 0 :f :read}]", "c01.txt:1:2: the event has no :type")]
    [InlineData("[{:process 0 :type :maybe :f :read}]", "c01.txt:1:2: the :type of an event is :invoke, :ok, :fail or :info, not :maybe")]
    [InlineData("[{:type :ok :f :read}]", "c01.txt:1:2: the event has no :process")]
    [InlineData("[{:type :ok :process [0] :f :read}]", "c01.txt:1:2: the :process of an event is a number or a keyword, not [0]")]
    [InlineData("[{:type :ok :process -1 :f :read}]", "c01.txt:1:2: the process -1 is negative")]
    [InlineData("[{:type :ok :process 99999999999999999999 :f :read}]", "c01.txt:1:2: the :process of an event is a number or a keyword, not 99999999999999999999")]
    [InlineData("[{:type :invoke :process 0}]", "c01.txt:1:2: the event has no :f")]
    [InlineData("[{:type :invoke :process 0 :f 3}]", "c01.txt:1:2: the :f of an event is a keyword, not 3")]
    [InlineData("[{:type :invoke :process 0 :f :read :time 1.5}]", "c01.txt:1:2: the :time of an event is a whole number of nanoseconds, not 1.5")]
    [InlineData(Call + Call, "c01.txt:2:1: process 0 invokes read while its read (event 0) is pending")]
    [InlineData("{:process 0 :type :ok :f :read}", "c01.txt:1:1: process 0 returns (ok read) without a call")]
    [InlineData(Call + "{:process 0 :type :ok :f :write}", "c01.txt:2:1: process 0 returns from write but had invoked read (event 0)")]
    [InlineData("{\"type\":\"invoke\"", "c01.txt:1:17: the file ends inside this line")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"re", "c01.txt:2:33: the file ends inside this line")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"re\n", "c01.txt:2:33: the line ends inside its JSON object")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"value\":tr", "c01.txt:2:36: the file ends inside this line")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":-", "c01.txt:2:25: the file ends inside this line")]
    [InlineData(JsonCall + "garbage\n", "c01.txt:2:1: this is not a JSON value")]
    [InlineData(JsonCall + "[1]\n", "c01.txt:2:1: a line is a JSON object")]
    [InlineData(JsonCall + "{\"a\":1} x\n", "c01.txt:2:9: something follows the JSON value")]
    [InlineData(JsonCall + "{\"a\":1,\"a\":2}\n", "c01.txt:2:1: the JSON object has a key twice")]
    [InlineData(JsonCall + "{\"a\":01}\n", "c01.txt:2:6: this is not a JSON value")]
    [InlineData(JsonCall + "{\"a\":1.}\n", "c01.txt:2:6: this is not a JSON value")]
    [InlineData(JsonCall + "{\"a\" 1}\n", "c01.txt:2:6: ':' is missing")]
    [InlineData(JsonCall + "{\"a\":1,}\n", "c01.txt:2:8: the key of a JSON object is a string")]
    [InlineData(JsonCall + "{\"process\":0}\n", "c01.txt:2:1: the line has no \"type\"; it is \"invoke\", \"ok\", \"fail\" or \"info\"")]
    [InlineData(JsonCall + "{\"type\":3,\"process\":0}\n", "c01.txt:2:1: \"type\" is \"invoke\", \"ok\", \"fail\" or \"info\", not 3")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":\"x\"}\n", "c01.txt:2:1: \"process\" is a whole number or \"nemesis\", not \"x\"")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":1e3}\n", "c01.txt:2:1: \"process\" is a whole number or \"nemesis\", not 1e3")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":[]}\n", "c01.txt:2:1: \"f\" is a string, not []")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"key\":1}\n", "c01.txt:2:1: \"key\" is a string, not 1")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"time\":-2}\n", "c01.txt:2:1: \"time\" is a whole number of nanoseconds from 0, not -2")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"index\":0}\n", "c01.txt:2:1: the index 0 does not rise above 0")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"index\":4294967296}\n", "c01.txt:2:1: \"index\" is a whole number from 0 to 2147483647, not 4294967296")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"logTerm\":1}\n", "c01.txt:2:1: the event has \"logTerm\" but no \"logIndex\": both or neither")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"logTerm\":1,\"logIndex\":-1}\n", "c01.txt:2:1: \"logIndex\" is a whole number from 0, not -1")]
    [InlineData("{\"type\":\"invoke\",\"process\":0,\"f\":\"read\",\"logTerm\":1,\"logIndex\":1}\n", "c01.txt:1:1: \"logTerm\" and \"logIndex\" belong to a return, not to a call")]
    [InlineData(Call + "{:process 0 :type :ok :f :read :log-index 4}", "c01.txt:2:1: the event has :log-index but no :log-term: both or neither")]
    [InlineData("{\"type\":\"invoke\",\"process\":0,\"f\":\"read\",\"time\":5}\n{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"time\":4}\n", "c01.txt:2:1: the time 4 is before 5, that of an earlier line; if this is meant, the header says \"times\":\"unordered\"")]
    [InlineData("{\"format\":\"raftcheck-history\",\"version\":1,\"times\":\"none\"}\n", "c01.txt:1:1: \"times\" is \"ordered\" or \"unordered\", not \"none\"")]
    [InlineData("{\"format\":\"raftcheck-history\",\"version\":1,\"nilReads\":0}\n", "c01.txt:1:1: \"nilReads\" is \"observed\" or \"unconstrained\", not 0")]
    [InlineData("{\"format\":\"raftcheck-history\",\"version\":1,\"values\":\"edn\"}\n{\"type\":\"invoke\",\"process\":0,\"f\":\"w\",\"value\":1}", "c01.txt:2:1: \"value\" is EDN in a string, as the header says, not 1")]
    [InlineData("{\"format\":\"raftcheck-history\",\"version\":1,\"values\":\"edn\"}\n{\"type\":\"invoke\",\"process\":0,\"f\":\"w\",\"value\":\"[1\"}", "c01.txt:2:1: \"value\" is not EDN: value:1:3: the file ends inside a vector (opened at 1:1)")]
    [InlineData("#_{:format \"raftcheck-history\"}", "c01.txt:1:1: the header has no :version; it is a whole number from 1")]
    [InlineData("#_{:format :raftcheck-history :version 1 :nil-reads 7}", "c01.txt:1:1: :nil-reads is :observed or :unconstrained, not 7")]
    [InlineData(JsonCall + JsonCall, "c01.txt:2:1: process 0 invokes read while its read (event 0) is pending")]
    [InlineData("{\"format\":\"raftcheck-history\",\"version\":2}\n", "c01.txt:1:1: the history has version 2 of its format, and this program reads up to version 1: use a newer one")]
    [InlineData("{\"format\":\"raftcheck-history\"}\n", "c01.txt:1:1: the line has no \"version\"; it is a whole number from 1")]
    [InlineData("{\"format\":\"other\",\"version\":1}\n", "c01.txt:1:1: \"format\" is \"raftcheck-history\", not \"other\"")]
    [InlineData(LogCall + "INFO  jepsen.util - 0\t:ok\t:re", "c01.txt:2:30: the event has no value")]
    [InlineData(LogCall + "INFO  jepsen.util - 0\t:ok\t:read\t[1", "c01.txt:2:35: the file ends inside a vector (opened at 2:33)")]
    [InlineData("INFO  jepsen.util - 0\t:invoke\t:write\t\"a\n" + LogCall, "c01.txt:1:40: the line ends inside a string (opened at 1:38)")]
    [InlineData(LogCall + "INFO  jepsen.util - 0\t:ok\t:read\tni", "c01.txt:2:33: 'ni' is not a value")]
    [InlineData(LogCall + "INFO  jepsen.util - 0\t:o", "c01.txt:2:23: the type of an event is :invoke, :ok, :fail or :info, not ':o'")]
    [InlineData(LogCall + "INFO  jepsen.util - 0\t:ok\t", "c01.txt:2:27: the event has no operation, such as :read")]
    [InlineData(LogCall + "INFO  jep", "c01.txt:2:1: the last line is torn: it has no end and is not an event")]
    [InlineData(LogCall + "INFO  jepsen.util - 0", "c01.txt:2:22: the type of an event is :invoke, :ok, :fail or :info, not ''")]
    [InlineData("[{\"type\":\"invoke\"}]", "c01.txt:1:1: this is a JSON array; a history is one JSON object a line, without an array around them")]
    [InlineData(LogCall + "INFO  jepsen.util", "c01.txt:2:1: the last line is torn: it has no end and is not an event")]
    [InlineData(LogCall + "INFO  jepsen.util - 99999999999999999999\t:ok\t:read\t1\n", "c01.txt:2:21: '99999999999999999999' is not a process")]
    public void A_malformed_file_gives_one_line_that_says_what_and_where(string text, string expected) =>
        Assert.Equal(expected, Reading.Complaint(text, "c01.txt"));

    [Fact]
    public void Bytes_that_are_not_UTF8_are_named_with_their_place()
    {
        byte[] content = [.. Encoding.UTF8.GetBytes(Call + "é"), 0xC3, 0x28];
        Assert.Equal("h.txt:2:2: the byte 0xC3 is not UTF-8", Reading.Complaint(content));
        Assert.Equal("h.txt:1:1: the byte 0xFF is not UTF-8", Reading.Complaint([0xFF, 0xFE, 0x7B, 0x00]));
    }

    [Fact]
    public void A_message_stays_on_one_line_whatever_it_quotes() =>
        Assert.StartsWith("a b.txt:1:2: an event is a map, not", Reading.Complaint("[\"x\\n\u2028" + new string('y', 1000) + "\"]", "a\nb.txt"), StringComparison.Ordinal);

    [Theory]
    [InlineData(Call + "{:process 0 :type :ok :f :read :value [1 {:a #{\"x\\n\"}} 2.5]}\n")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"value\":[1,{\"a\":\"\\u0041\\n\"},2.5e3,true,null]}\n")]
    [InlineData(LogCall + "INFO  jepsen.util - 0\t:ok\t:read\t[1 {:a \"x\"} 2.5]\n")]
    public void A_file_cut_anywhere_reads_or_gives_one_clear_line(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        for (int length = 0; length < content.Length; length++) AssertReadsOrComplains(content[..length]);
    }

    [Theory]
    [InlineData(Call + "{:process 0 :type :ok :f :read :value [1 {:a #{\"x\\n\"}} 2.5]}\n")]
    [InlineData(JsonCall + "{\"type\":\"ok\",\"process\":0,\"f\":\"read\",\"value\":[1,{\"a\":\"\\u0041\\n\"},2.5e3,true,null]}\n")]
    [InlineData(LogCall + "INFO  jepsen.util - 0\t:ok\t:read\t[1 {:a \"x\"} 2.5]\n")]
    public void A_file_with_any_byte_changed_reads_or_gives_one_clear_line(string text)
    {
        byte[] content = Encoding.UTF8.GetBytes(text);
        byte[] replacements = [.. "\0\n\t \"\\#:;,{}[]()-+.0e^n_"u8, 0x80, 0xC3, 0xFF];
        for (int at = 0; at < content.Length; at++)
        {
            byte original = content[at];
            foreach (byte replacement in replacements)
            {
                content[at] = replacement;
                AssertReadsOrComplains(content);
            }

            content[at] = original;
        }
    }

    private static void AssertReadsOrComplains(byte[] content)
    {
        try
        {
            HistoryReader.Parse(content, "h.txt");
        }
        catch (HistoryFormatException e)
        {
            Assert.Matches("^h\\.txt:[0-9]+:[0-9]+: [^\\n]+$", e.Message);
        }
    }
}
