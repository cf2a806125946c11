using System.Net;
using System.Text.Json.Nodes;
using Lti.Tests.Platform;
using Microsoft.AspNetCore.Http;
using static Gateway.Tests.EndToEnd.Cases.AcceptedCase;

namespace Gateway.Tests.EndToEnd.Cases;

/// <summary>The requirements' matrix of what platforms send, and what must not break a launch.</summary>
internal static class AcceptedCases
{
    private const string Institution = "http://purl.imsglobal.org/vocab/lis/v2/institution/person#";
    private static readonly string[] Personal = ["name", "given_name", "family_name", "email", "picture", Claim.Lis];

    public static IEnumerable<AcceptedCase> All => [.. Persons("student"), .. Persons("teacher"), .. Platforms];

    private static IEnumerable<AcceptedCase> Persons(string role)
    {
        var (full, brief, institution) = role == "teacher" ? (Claim.Instructor, "Instructor", "Faculty") : (Claim.Learner, "Learner", "Student");
        return
        [
            Person("plain", role, _ => { }),
            Person("several roles", role, claims => claims[Claim.Roles] = new JsonArray(full, Institution + institution, "http://purl.imsglobal.org/vocab/lis/v2/system/person#User")),
            Person("short role", role, claims => claims[Claim.Roles] = new JsonArray(brief)),
            Person("only a role in the institution", role, claims => claims[Claim.Roles] = new JsonArray(Institution + institution)),
            Person("unknown role", "student", claims => claims[Claim.Roles] = new JsonArray("https://lms.example/roles#" + brief)),
            Person("no role", "student", claims => claims[Claim.Roles] = new JsonArray("")),
            Person("an empty list of roles", "student", claims => claims[Claim.Roles] = new JsonArray()),
            Person("only e-mail", role, claims => Remove(claims, [.. Personal.Except(["email"])])),
            Person("only names", role, claims => Remove(claims, [.. Personal.Except(["name", "given_name", "family_name"])])),
            Person("no personal data", role, claims => Remove(claims, Personal)),
            Person("e-mail without context", role, claims => Remove(claims, [.. Personal.Except(["email"]), Claim.Context])),
        ];

        AcceptedCase Person(string name, string expected, Action<JsonObject> change) => Claims($"{role}: {name}", expected, claims =>
        {
            claims["sub"] = $"canary-{role}";
            claims[Claim.Roles] = new JsonArray(full);
            change(claims);
        });
    }

    private static IEnumerable<AcceptedCase> Platforms =>
    [
        Claims("deep linking without target_link_uri", "teacher", claims =>
        {
            Remove(claims, Claim.TargetLinkUri, Claim.ResourceLink);
            claims[Claim.MessageType] = "LtiDeepLinkingRequest";
            claims[Claim.Roles] = new JsonArray(Claim.Instructor);
            claims[Claim.DeepLinkingSettings] = new JsonObject { ["deep_link_return_url"] = "https://lms.example/return" };
        }),
        new("a launch during a JWKS outage with cached keys", "student", async cases =>
        {
            var client = await cases.RegisterAsync("case-outage", () => CasePlatform.KeySet(SigningKey.First));
            var before = await cases.BeginAsync(client);
            Assert.Equal(HttpStatusCode.SeeOther, (await before.SendAsync(before.Sign())).Status);
            cases.Platform.Publish(client, () => Results.StatusCode(503));
            cases.Stage.Clock.Advance(TimeSpan.FromHours(2));
            var launch = await cases.BeginAsync(client);
            return await launch.SendAsync(launch.Sign());
        }),
        new("after a platform's key rotation", "student", async cases =>
        {
            var client = await cases.RegisterAsync("case-rotation", () => CasePlatform.KeySet(SigningKey.First));
            var before = await cases.BeginAsync(client);
            Assert.Equal(HttpStatusCode.SeeOther, (await before.SendAsync(before.Sign())).Status);
            cases.Platform.Publish(client, () => CasePlatform.KeySet(SigningKey.Second));
            cases.Stage.Clock.Advance(TimeSpan.FromMinutes(1));
            var launch = await cases.BeginAsync(client);
            return await launch.SendAsync(launch.Sign(key: SigningKey.Second));
        }),
        new("a deployment that is learned at the first launch", "student", async cases =>
        {
            var client = await cases.RegisterAsync("case-learning", () => CasePlatform.KeySet(SigningKey.First), learnsDeployments: true);
            var before = await cases.BeginAsync(client);
            Assert.Equal(HttpStatusCode.SeeOther, (await before.SendAsync(before.Sign())).Status);
            Assert.Equal(CaseStage.Deployment, await cases.Stage.Database.AskAsync<string>($"select deployment_id from gateway.deployment where registration_id = {cases.NumberOf(client)}"));
            var launch = await cases.BeginAsync(client);
            return await launch.SendAsync(launch.Sign());
        }),
        Claims("ids as JSON numbers, scope as a text, nbf null", "student", claims =>
        {
            (claims["sub"], claims["nbf"]) = (4711, null);
            claims[Claim.ResourceLink] = new JsonObject { ["id"] = 33 };
            claims[Claim.Context] = new JsonObject { ["id"] = 12, ["label"] = 5 };
            claims[Claim.GradeService]!["scope"] = "https://purl.imsglobal.org/spec/lti-ags/scope/score";
        }),
        Claims("platform's clock 45 s ahead", "student", claims => Shift(claims, 45)),
        Claims("platform's clock 45 s behind, token lives for a minute", "student", claims =>
        {
            Shift(claims, -45);
            claims["exp"] = claims["iat"]!.GetValue<long>() + 60;
        }),
        Claims("platform's clock 45 s behind, and exp just passed", "student", claims => claims["exp"] = claims["iat"]!.GetValue<long>() - 45),
        Claims("a guest where the district allows it", "student guest", claims => Remove(claims, "sub", Claim.GradeService), CaseStage.Guests),
        Claims("a guest who says to be a teacher", "student guest", claims =>
        {
            Remove(claims, "sub", Claim.GradeService);
            claims[Claim.Roles] = new JsonArray(Claim.Instructor);
        }, CaseStage.Guests),
        new("login by GET, with a message hint in JSON", "student", async cases =>
        {
            var launch = await cases.BeginAsync(CaseStage.Main, login => login["lti_message_hint"] = """{"cmid":1,"x":"a b+c"}""", HttpMethods.Get);
            return await launch.SendAsync(launch.Sign());
        }),
    ];

    private static void Remove(JsonObject claims, params string[] names)
    {
        foreach (var name in names)
            claims.Remove(name);
    }

    private static void Shift(JsonObject claims, int seconds)
    {
        foreach (var name in new[] { "iat", "exp" })
            claims[name] = claims[name]!.GetValue<long>() + seconds;
    }
}
