using System.Buffers;
using System.Text.Json;

namespace Lti.Registrations;

/// <summary>What a tool asks a platform to register (LTI Dynamic Registration 1.0, 3.2; RFC 7591 2).</summary>
public sealed record ToolRegistration
{
    /// <summary>The media type of the document.</summary>
    public const string ContentType = "application/json";

    /// <summary>The tool's name, as administrators and teachers see it.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence about the tool, or null.</summary>
    public string? Description { get; init; }

    /// <summary>Where logins begin.</summary>
    public required Uri LoginInitiation { get; init; }

    /// <summary>The launch URL: where id_tokens are sent, and the default <c>target_link_uri</c>.</summary>
    public required Uri RedirectUri { get; init; }

    /// <summary>Where the tool publishes its keys.</summary>
    public required Uri JwksUri { get; init; }

    /// <summary>The scopes that the tool asks for; none is a tool without services.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The claims about a person that the tool asks for.</summary>
    public IReadOnlyList<string> Claims { get; init; } = ["iss", "sub"];

    /// <summary>Custom parameters; the values may be variables of the platform.</summary>
    public IReadOnlyDictionary<string, string> CustomParameters { get; init; } = new Dictionary<string, string>();

    /// <summary>Where the platform may offer the tool, in the platform's own words; none leaves it to the platform.</summary>
    public IReadOnlyList<string> Placements { get; init; } = [];

    /// <summary>Members of the tool configuration that only some platforms know, by their full names.</summary>
    public IReadOnlyDictionary<string, string> Extensions { get; init; } = new Dictionary<string, string>();

    /// <summary>The document as UTF-8.</summary>
    public byte[] Write()
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteString("application_type"u8, "web"u8);
            List(json, "response_types", ["id_token"]);
            List(json, "grant_types", ["client_credentials", "implicit"]);
            json.WriteString("client_name"u8, Name);
            json.WriteString("initiate_login_uri"u8, LoginInitiation.OriginalString);
            List(json, "redirect_uris", [RedirectUri.OriginalString]);
            json.WriteString("jwks_uri"u8, JwksUri.OriginalString);
            json.WriteString("token_endpoint_auth_method"u8, "private_key_jwt"u8);
            json.WriteString("scope"u8, string.Join(' ', Scopes));
            json.WriteStartObject("https://purl.imsglobal.org/spec/lti-tool-configuration"u8);
            WriteTool(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private void WriteTool(Utf8JsonWriter json)
    {
        json.WriteString("domain"u8, RedirectUri.Authority);
        if (Description is not null) json.WriteString("description"u8, Description);
        json.WriteString("target_link_uri"u8, RedirectUri.OriginalString);
        json.WriteStartObject("custom_parameters"u8);
        foreach (var (name, value) in CustomParameters) json.WriteString(name, value);
        json.WriteEndObject();
        List(json, "claims", Claims);
        json.WriteStartArray("messages"u8);
        json.WriteStartObject();
        json.WriteString("type"u8, "LtiResourceLinkRequest"u8);
        json.WriteString("target_link_uri"u8, RedirectUri.OriginalString);
        json.WriteString("label"u8, Name);
        if (Placements.Count > 0) List(json, "placements", Placements);
        json.WriteEndObject();
        json.WriteEndArray();
        foreach (var (name, value) in Extensions) json.WriteString(name, value);
    }

    private static void List(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
