using System.Text.Json.Nodes;
using Gateway.Stage;
using Lti.Tests.Platform;

namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>A login that was begun: what the platform was given, and what the browser keeps.</summary>
internal sealed class CaseLaunch(CaseStage cases, string client, string state, string nonce, string cookie)
{
    public string State => state;

    public string Nonce => nonce;

    public string Cookie => cookie;

    /// <summary>What a platform with its privacy off would send: a student, with everything about them.</summary>
    public JsonObject Claims()
    {
        var now = cases.Stage.Clock.GetUtcNow().ToUnixTimeSeconds();
        return new JsonObject
        {
            ["iss"] = cases.Platform.Issuer,
            ["aud"] = client,
            ["iat"] = now,
            ["exp"] = now + 300,
            ["nonce"] = nonce,
            ["sub"] = "canary-subject",
            ["name"] = "Canary Person",
            ["given_name"] = "Canary",
            ["family_name"] = "Person",
            ["email"] = "canary@school.example",
            ["picture"] = "https://school.example/canary.png",
            [Claim.Version] = "1.3.0",
            [Claim.MessageType] = "LtiResourceLinkRequest",
            [Claim.DeploymentId] = CaseStage.Deployment,
            [Claim.TargetLinkUri] = cases.Target,
            [Claim.ResourceLink] = new JsonObject { ["id"] = "link-1", ["title"] = "Canary Fractions" },
            [Claim.Context] = new JsonObject { ["id"] = "course-1", ["title"] = "Canary Course" },
            [Claim.Roles] = new JsonArray(Claim.Learner),
            [Claim.Lis] = new JsonObject { ["person_sourcedid"] = "canary-sis" },
            [Claim.GradeService] = new JsonObject
            {
                ["lineitem"] = $"{cases.Platform.Issuer}/lineitems/1",
                ["scope"] = new JsonArray("https://purl.imsglobal.org/spec/lti-ags/scope/score"),
            },
        };
    }

    public string Sign(Action<JsonObject>? change = null, SigningKey? key = null, string? header = null)
    {
        var claims = Claims();
        change?.Invoke(claims);
        return Sign(claims.ToJsonString(), key, header);
    }

    public static string Sign(string payload, SigningKey? key = null, string? header = null)
    {
        key ??= SigningKey.First;
        return key.Sign(header ?? $$"""{"typ":"JWT","alg":"{{key.Algorithm}}","kid":"{{key.KeyId}}"}""", payload);
    }

    public Task<Answer> SendAsync(string token, string? otherState = null, string? otherCookie = null) =>
        PostAsync(new() { ["id_token"] = token, ["state"] = otherState ?? state }, otherCookie);

    public Task<Answer> PostAsync(Dictionary<string, string> form, string? otherCookie = null) =>
        cases.Browser.PostAsync($"{cases.Stage.GatewayUrl}/lti/launch", form, otherCookie ?? cookie);
}
