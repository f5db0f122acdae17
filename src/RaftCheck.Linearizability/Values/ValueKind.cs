#pragma warning disable CA1720 // The kinds are named as the formats name them, which is what a reader of a history knows.
namespace RaftCheck.Linearizability;

/// <summary>What a <see cref="Value"/> is.</summary>
public enum ValueKind
{
    /// <summary>No value.</summary>
    Nil,

    /// <summary>True or false.</summary>
    Bool,

    /// <summary>A whole number that fits 64 bits.</summary>
    Integer,

    /// <summary>A string.</summary>
    String,

    /// <summary>A name, written <c>:name</c> in EDN.</summary>
    Keyword,

    /// <summary>A sequence; EDN's lists and vectors alike, since EDN calls them equal.</summary>
    List,

    /// <summary>Pairs of a key and a value, without an order.</summary>
    Map,

    /// <summary>Distinct elements, without an order.</summary>
    Set,

    /// <summary>
    /// Anything else that a file can hold (a fraction, a number beyond 64 bits, a symbol), known by its text alone:
    /// equal when the texts are, so <c>1.0</c> and <c>1.00</c> differ.
    /// </summary>
    Literal,
}
