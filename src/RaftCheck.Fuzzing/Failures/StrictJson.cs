using System.Text.Json;
using System.Text.Json.Serialization;

namespace RaftCheck.Fuzzing.Failures;

/// <summary>JSON as our files use it: camel case, names for enums, and nothing unknown or missing is let pass.</summary>
internal static class StrictJson
{
    public static JsonSerializerOptions Options { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        AllowDuplicateProperties = false,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false) },
    };

    /// <summary>Reads a document.</summary>
    /// <exception cref="InputException">It is not JSON, or not of the form of <typeparamref name="T"/>.</exception>
    public static T Parse<T>(string json, string fileName)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(json, Options)
                ?? throw new InputException($"{fileName}: the document is null.");
        }
        catch (JsonException e)
        {
            throw new InputException($"{fileName}:{e.LineNumber + 1 ?? 1}:{e.BytePositionInLine + 1 ?? 1}: {Reason(e)}", e);
        }
    }

    /// <summary>What is wrong, without the place, which is given in front already.</summary>
    private static string Reason(JsonException e)
    {
        var message = e.Message;
        var place = message.IndexOf(" Path: ", StringComparison.Ordinal);
        place = place < 0 ? message.IndexOf(" LineNumber: ", StringComparison.Ordinal) : place;
        message = (place < 0 ? message : message[..place]).ReplaceLineEndings(" ");
        return e.Path is { Length: > 1 } path ? $"{path}: {message}" : message;
    }
}
