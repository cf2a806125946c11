using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FsCheck.Fluent;
using Lti.Launches;
using Lti.Messages;
using Lti.Messages.Reading;
using Lti.Security;
using Lti.Tests.Platform;

namespace Lti.Tests.Fuzz;

/// <summary>Readers of roles, key sets and settings: whatever comes, they answer with values.</summary>
public sealed class ReaderFuzzTests
{
    private const int MostKeys = 5;
    private const string JsonLetters = "{}[]\",:\\u0d8e9-tfn ";
    private const string Lis = "http://purl.imsglobal.org/vocab/lis/v2/";
    private static readonly HashSet<LaunchRefusal> Catalogue = [.. LaunchRefusal.Catalogue];

    private static readonly ClaimAllowList All = new(
        typeof(LaunchClaim).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (LaunchClaim)property.GetValue(null)!));

    [Fact]
    [Trait("Requirement", "L-1.8")]
    public void No_text_makes_a_teacher_but_the_vocabularys_own()
    {
        string[] known = ["Instructor", Lis + "membership#Instructor", "urn:lti:role:ims/lis/Instructor"];
        string[] below = [Lis + "membership/Instructor#", "urn:lti:role:ims/lis/Instructor/"];
        var role = Gen.OneOf(
            Gen.Elements([.. known, "Learner", Lis + "membership#Learner", Lis + "membership/Instructor#Grader", Lis + "membership/Learner#Instructor", Lis + "institution/person#Instructor"]),
            Gen.Elements(known).SelectMany(text => Hostile.Bent(text, "#/:.IiLl \0")),
            Hostile.Text);
        var inputs = role.ListOf().Resize(5).Select(roles => new Input<IReadOnlyList<string>>($"{roles.Count} roles", [.. roles]));
        var teachers = 0;
        Budget.Spend("roles", inputs, roles =>
        {
            var payload = JsonSerializer.SerializeToUtf8Bytes(new Dictionary<string, object> { [Claims.Roles] = roles });
            var (parsed, read) = (LtiRoles.Parse(roles), LaunchClaimReader.Read(payload, All));
            Assert.Equal(parsed.ToString(), LtiRoles.Of(read.Roles).ToString());
            if (!parsed.IsInstructor)
                return;
            teachers++;
            Assert.Contains(roles, text => known.Contains(text) || below.Any(start => text.StartsWith(start, StringComparison.Ordinal) && text.Length > start.Length));
        });
        Assert.InRange(teachers, 100, Budget.Inputs["roles"] - 100);
    }

    [Fact]
    [Trait("Requirement", "L-1.5")]
    public void No_key_set_breaks_its_reader_or_gives_more_keys_than_allowed()
    {
        var good = new JsonObject { ["keys"] = new JsonArray(SigningKey.Elliptic.ToJwk(), SigningKey.First.ToJwk()) }.ToJsonString();
        var key = from kind in Gen.Elements("\"RSA\"", "\"EC\"", "\"oct\"", "7")
                  from n in Hostile.Json
                  from e in Gen.Elements("\"AQAB\"", "\"AA\"", "\"!\"", "null", "[]")
                  from x in Hostile.Json
                  select $$"""{"kty":{{kind}},"kid":"k","n":{{n}},"e":{{e}},"crv":"P-256","x":{{x}},"y":{{x}}}""";
        var inputs = Gen.OneOf(
                Hostile.Bent(good, JsonLetters),
                key.ListOf().Resize(8).Select(keys => $$"""{"keys":[{{string.Join(',', keys)}}]}"""),
                Hostile.Json.Select(json => $$"""{"keys":{{json}}}"""),
                Hostile.Text)
            .Select(text => new Input<byte[]>($"a document of {text.Length} characters", Encoding.UTF8.GetBytes(text)));
        Budget.Spend("key sets", inputs, document =>
        {
            var fault = JwksDocument.Read(document, MostKeys, out var keys);
            Assert.True(fault is null || Catalogue.Contains(fault));
            Assert.InRange(keys.Count, 0, fault is null ? MostKeys : 0);
        });
    }

    [Fact]
    [Trait("Requirement", "L-1.7")]
    public void No_deep_linking_settings_break_their_reader()
    {
        string[] names = ["deep_link_return_url", "data", "accept_types", "accept_presentation_document_targets", "accept_multiple", "accept_lineitem", "other"];
        var member = from name in Gen.Elements(names) from json in Hostile.Json select $"\"{name}\":{json}";
        var good = Claims.DeepLinkingRequest("n", DateTimeOffset.UnixEpoch).ToJsonString();
        var inputs = Gen.OneOf(
                member.ListOf().Resize(7).Select(members => $$"""{"{{Claims.DeepLinkingSettings}}":{{"{" + string.Join(',', members) + "}"}} }"""),
                Hostile.Json.Select(json => $$"""{"{{Claims.DeepLinkingSettings}}":{{json}}}"""),
                Hostile.Bent(good, JsonLetters))
            .Select(text => new Input<string>($"a payload of {text.Length} characters", text));
        var read = 0;
        Budget.Spend("deep linking settings", inputs, payload =>
        {
            var claims = LaunchClaimReader.Read(Encoding.UTF8.GetBytes(payload), All);
            Assert.True(claims.Fault is null || Catalogue.Contains(claims.Fault));
            if (claims.Fault is not null || claims.DeepLinkReturnUrl is not { } url)
                return;
            read++;
            using var document = JsonDocument.Parse(payload);
            Assert.Equal(document.RootElement.GetProperty(Claims.DeepLinkingSettings).GetProperty("deep_link_return_url").GetString(), url);
        });
        Assert.InRange(read, 100, Budget.Inputs["deep linking settings"]);
    }
}
