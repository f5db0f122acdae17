using System.Text;

namespace RaftCheck.Linearizability.Tests;

/// <summary>Shorthands for tests that read histories from text.</summary>
internal static class Reading
{
    public static RecordedHistory Read(string text, string name = "h.txt") => HistoryReader.Parse(Encoding.UTF8.GetBytes(text), name);

    /// <summary>The one line that a user sees of a malformed history.</summary>
    public static string Complaint(string text, string name = "h.txt") => Complaint(Encoding.UTF8.GetBytes(text), name);

    public static string Complaint(byte[] content, string name = "h.txt")
    {
        string message = Assert.Throws<HistoryFormatException>(() => HistoryReader.Parse(content, name)).Message;
        Assert.DoesNotContain('\n', message);
        Assert.InRange(message.Length, 1, 300);
        return message;
    }

    /// <summary>A history in a format.</summary>
    public static string Write(History history, string format, string? model = null)
    {
        using var stream = new MemoryStream();
        HistoryWriter.Write(history, stream, format, model);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    public static string Write(IEnumerable<HistoryEvent> events, string? model = null)
    {
        using var stream = new MemoryStream();
        JsonLinesWriter.Write(events, stream, model);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
