using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Lti.Tests.Platform;

namespace Lti.Tests.Fuzz;

/// <summary>
/// What must be true of every token that is accepted, written down a second time and as plainly as possible: with JsonDocument and
/// ECDsa, without a line of the library.
/// </summary>
internal static class Oracle
{
    /// <summary>Null when a token may be accepted; else what is wrong with it.</summary>
    public static string? Objection(string token, string nonce, DateTimeOffset now)
    {
        var parts = token.Split('.');
        if (parts.Length != 3)
            return "three parts";
        try
        {
            using var header = JsonDocument.Parse(Bytes(parts[0]));
            using var payload = JsonDocument.Parse(Bytes(parts[1]));
            return Header(header.RootElement) ?? Signature(parts) ?? Claims(payload.RootElement, nonce, now.ToUnixTimeMilliseconds() / 1000.0);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
        {
            return "readable";
        }
    }

    private static string? Header(JsonElement header)
    {
        if (header.ValueKind != JsonValueKind.Object || Text(header, "alg") != "ES256")
            return "alg";
        if (Text(header, "kid") != SigningKey.Elliptic.KeyId)
            return "kid";
        return new[] { "jwk", "jku", "x5u", "x5c", "crit" }.FirstOrDefault(name => header.TryGetProperty(name, out _));
    }

    private static string? Signature(string[] parts)
    {
        using var key = ECDsa.Create();
        var jwk = SigningKey.Elliptic.ToJwk();
        key.ImportParameters(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Bytes(jwk["x"]!.GetValue<string>()), Y = Bytes(jwk["y"]!.GetValue<string>()) },
        });
        return key.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256) ? null : "signature";
    }

    private static string? Claims(JsonElement claims, string nonce, double now)
    {
        string[] once = ["iss", "aud", "azp", "exp", "iat", "nbf", "nonce", "sub", Platform.Claims.Version, Platform.Claims.MessageType, Platform.Claims.DeploymentId, Platform.Claims.TargetLinkUri];
        if (claims.ValueKind != JsonValueKind.Object || claims.EnumerateObject().GroupBy(member => member.Name).Any(group => group.Count() > 1 && once.Contains(group.Key)))
            return "each claim once";
        if (Text(claims, "iss") != Scene.Issuer)
            return "iss";
        if (Audience(claims) is { } audience)
            return audience;
        if (Number(claims, "exp") is not { } expires || expires <= now - 60)
            return "exp";
        if (Number(claims, "iat") is not { } issued || issued > now + 60 || issued < now - 660)
            return "iat";
        if (Has(claims, "nbf") && !(Number(claims, "nbf") <= now + 60))
            return "nbf";
        if (Text(claims, "nonce") != nonce)
            return "nonce";
        if (Id(claims, "sub") is not { Length: > 0 })
            return "sub";
        return Message(claims);
    }

    private static string? Audience(JsonElement claims)
    {
        if (!claims.TryGetProperty("aud", out var aud))
            return "aud";
        var all = aud.ValueKind == JsonValueKind.Array ? aud.EnumerateArray().ToList() : [aud];
        if (!all.Any(one => one.ValueKind == JsonValueKind.String && one.GetString() == Scene.ClientId))
            return "aud";
        if (Has(claims, "azp") && Text(claims, "azp") is { Length: > 0 } azp)
            return azp == Scene.ClientId ? null : "azp";
        return all.Count(one => one.ValueKind == JsonValueKind.String && one.GetString()!.Length > 0) == 1 ? null : "azp";
    }

    private static string? Message(JsonElement claims)
    {
        if (Text(claims, Platform.Claims.Version) != "1.3.0")
            return "version";
        if (Id(claims, Platform.Claims.DeploymentId) != Scene.DeploymentId)
            return "deployment";
        if (!Has(claims, Platform.Claims.Roles))
            return "roles";
        var type = Text(claims, Platform.Claims.MessageType);
        if (Text(claims, Platform.Claims.TargetLinkUri) is var target && target != Scene.Target && !(type == "LtiDeepLinkingRequest" && string.IsNullOrEmpty(target)))
            return "target";
        return type switch
        {
            "LtiResourceLinkRequest" => Inner(claims, Platform.Claims.ResourceLink, "id") ? null : "resource link",
            "LtiDeepLinkingRequest" => Inner(claims, Platform.Claims.DeepLinkingSettings, "deep_link_return_url") ? null : "settings",
            "LtiSubmissionReviewRequest" => Inner(claims, Platform.Claims.ForUser, "user_id") && Inner(claims, Platform.Claims.GradeService, "lineitem") ? null : "review",
            _ => "message type",
        };
    }

    private static bool Inner(JsonElement claims, string name, string member) =>
        claims.TryGetProperty(name, out var inner) && inner.ValueKind == JsonValueKind.Object && Id(inner, member) is { Length: > 0 };

    private static bool Has(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null;

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A text, or a whole number that every reader spells alike.
    private static string? Id(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.GetRawText() is var number
            ? number != "-0" && !number.AsSpan().ContainsAny('.', 'e', 'E') && decimal.TryParse(number, out var whole) && Math.Abs(whole) <= 9007199254740991 ? number : null
            : Text(claims, name);

    private static double? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    private static byte[] Bytes(string part) =>
        Convert.FromBase64String(part.Replace('-', '+').Replace('_', '/').PadRight((part.Length + 3) / 4 * 4, '='));
}
