using System.Globalization;

namespace RaftCheck.Linearizability;

/// <summary>
/// Writes JSON into a script element, where a "less than" could end the element: all but plain characters are escaped.
/// For one thread.
/// </summary>
internal sealed class PageJson(TextWriter writer)
{
    private bool _needsComma;

    /// <summary>Begins an object or an array.</summary>
    public void Open(char bracket)
    {
        Separate();
        writer.Write(bracket);
        _needsComma = false;
    }

    /// <summary>Ends an object or an array.</summary>
    public void Close(char bracket)
    {
        writer.Write(bracket);
        _needsComma = true;
    }

    /// <summary>The name of the next member. Begins a new line, so that people can find it.</summary>
    public void Name(string name)
    {
        Separate();
        writer.Write('\n');
        Quote(name);
        writer.Write(':');
        _needsComma = false;
    }

    /// <summary>A number.</summary>
    public void Number(long number)
    {
        Separate();
        writer.Write(number.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>A string; <see langword="null"/> is JSON's null.</summary>
    public void Text(string? text)
    {
        Separate();
        if (text is null) writer.Write("null");
        else Quote(text);
    }

    /// <summary>A member that is a number.</summary>
    public void Member(string name, long number)
    {
        Name(name);
        Number(number);
    }

    /// <summary>A member that is a string or null.</summary>
    public void Member(string name, string? text)
    {
        Name(name);
        Text(text);
    }

    /// <summary>A member that is an array of numbers.</summary>
    public void Member(string name, IEnumerable<long> numbers)
    {
        Name(name);
        Numbers(numbers);
    }

    /// <summary>An array of numbers.</summary>
    public void Numbers(IEnumerable<long> numbers)
    {
        Open('[');
        foreach (long number in numbers) Number(number);
        Close(']');
    }

    private void Separate()
    {
        if (_needsComma) writer.Write(',');
        _needsComma = true;
    }

    private void Quote(string text)
    {
        writer.Write('"');
        foreach (char c in text)
        {
            if (c is '"' or '\\')
            {
                writer.Write('\\');
                writer.Write(c);
            }
            else if (c is < ' ' or '<' or '>' or '&' or '\'' or (>= '\u007f' and < '\u00a1') or '\u2028' or '\u2029' || char.IsSurrogate(c))
            {
                // Half of a pair, which no encoder writes, too: together the halves are read as what they were.
                writer.Write("\\u");
                writer.Write(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                writer.Write(c);
            }
        }

        writer.Write('"');
    }
}
