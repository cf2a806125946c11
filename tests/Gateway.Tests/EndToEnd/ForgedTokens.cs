using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Gateway.Tests.EndToEnd;

/// <summary>An id_token of the LMS, signed again by somebody who has not its key, with header and claims bent.</summary>
internal static class ForgedTokens
{
    private static readonly Lazy<RSA> Foreign = new(() => RSA.Create(2048));

    public static string Resign(string idToken, Action<JsonObject>? header = null, Action<JsonObject>? claims = null)
    {
        var parts = idToken.Split('.');
        var signed = $"{Bend(parts[0], header)}.{Bend(parts[1], claims)}";
        var signature = Foreign.Value.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Other claims under the signature of the old ones.</summary>
    public static string KeepSignature(string idToken, Action<JsonObject> claims)
    {
        var parts = idToken.Split('.');
        return $"{parts[0]}.{Bend(parts[1], claims)}.{parts[2]}";
    }

    private static string Bend(string part, Action<JsonObject>? bend)
    {
        var json = JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
        bend?.Invoke(json);
        return Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json.ToJsonString()));
    }
}
