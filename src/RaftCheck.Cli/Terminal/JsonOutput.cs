using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace RaftCheck.Cli.Terminal;

/// <summary>JSON as the program prints it.</summary>
internal static class JsonOutput
{
    public static JsonSerializerOptions Document { get; } = Create(indented: true);

    public static JsonSerializerOptions Line { get; } = Create(indented: false);

    public static void Print(object document) => Console.Out.WriteLine(JsonSerializer.Serialize(document, Document));

    private static JsonSerializerOptions Create(bool indented) => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DictionaryKeyPolicy = JsonNamingPolicy.KebabCaseLower,
        WriteIndented = indented,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };
}
