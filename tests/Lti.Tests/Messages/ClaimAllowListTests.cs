using System.Collections;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Lti.Messages;
using Lti.Messages.Reading;
using Lti.Tests.Launches;
using Lti.Tests.Platform;

namespace Lti.Tests.Messages;

[Trait("Requirement", "P-1.1")]
public sealed class ClaimAllowListTests
{
    [Fact]
    public async Task With_an_empty_allow_list_nothing_but_the_protocol_is_retained()
    {
        await using var scene = await Scene.StartAsync(allowed: new ClaimAllowList());
        var begun = await scene.BeginAsync();
        var payload = Encoding.UTF8.GetBytes(begun.Claims().ToJsonString());
        var retained = Strings(LaunchClaimReader.Read(payload, new ClaimAllowList())).ToList();
        Assert.Contains(Scene.Issuer, retained);
        Assert.DoesNotContain(retained, text => text.Contains("canary", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(retained, text => text is "link-1" or "course-1" or "Mathematics 5" or "5");

        var message = (await scene.LaunchAsync(begun, begun.Sign())).Accepted().Message;
        Assert.Null(message.Subject);
        Assert.Null(message.SisPersonId);
        Assert.Null(message.Context);
        Assert.Null(message.ResourceLinkId);
        Assert.Null(message.GradeService);
        Assert.Empty(message.Custom);
        Assert.Empty(message.Roles.Known);
    }

    [Fact]
    public async Task With_the_everyday_allow_list_no_name_or_address_is_retained()
    {
        await using var scene = await Scene.StartAsync();
        var begun = await scene.BeginAsync();
        var payload = Encoding.UTF8.GetBytes(begun.Claims().ToJsonString());
        var retained = Strings(LaunchClaimReader.Read(payload, Scene.Everyday)).ToList();
        // The two identifiers are bytes in an opaque value and no strings.
        Assert.DoesNotContain(retained, text => text.Contains("canary", StringComparison.OrdinalIgnoreCase));
        var message = (await scene.LaunchAsync(begun, begun.Sign())).Accepted().Message;
        Assert.DoesNotContain("canary", message + JsonSerializer.Serialize(message), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Required_claims_are_demanded_also_when_they_may_not_be_read()
    {
        await using var scene = await Scene.StartAsync(allowed: new ClaimAllowList());
        Assert.Equal("lti.roles_missing", (await scene.LaunchAsync(claims => claims.Remove(Claims.Roles))).Refusal().Code);
        Assert.Equal("lti.subject_missing", (await scene.LaunchAsync(claims => claims.Remove("sub"))).Refusal().Code);
        Assert.Equal("lti.resource_link_missing", (await scene.LaunchAsync(claims => claims.Remove(Claims.ResourceLink))).Refusal().Code);
    }

    [Fact]
    public async Task Names_are_read_only_when_asked_for_and_do_not_print()
    {
        await using var scene = await Scene.StartAsync(allowed: new ClaimAllowList(LaunchClaim.GivenName));
        var message = (await scene.LaunchAsync()).Accepted().Message;
        Assert.Equal("CanaryGiven", message.Person.GivenName);
        Assert.Null(message.Person.FamilyName);
        Assert.Null(message.Person.Email);
        Assert.DoesNotContain("Canary", message.ToString() + message.Person, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"sisid":"s-1"}""", "s-1")]
    [InlineData("""{"SISID":"s-1"}""", "s-1")]
    [InlineData("""{"sisId":"$Person.sourcedId"}""", null)]
    [InlineData("""{"sisId":""}""", null)]
    [InlineData("""{"sisId":null}""", null)]
    [InlineData("""{"other":"s-1"}""", null)]
    [InlineData("""{"sisId":12345}""", "12345")]
    [InlineData("""{"sisId":90071992547409931234}""", "90071992547409931234")]
    [InlineData("""{"sisId":0}""", null)]
    [InlineData("""{"sisId":1.5}""", null)]
    [InlineData("""{"sisId":1e5}""", null)]
    [InlineData("""{"sisId":true}""", null)]
    [InlineData("""{"sisId":{"id":"s-1"}}""", null)]
    [InlineData("""{"sisId":"  "}""", null)]
    [InlineData("""{"sisId":"N\/A"}""", null)]
    [InlineData("""{"sisId":"undefined"}""", null)]
    [Trait("Requirement", "T-3")]
    public async Task Sis_id_comes_from_a_custom_parameter_unless_it_is_nobodys(string custom, string? expected)
    {
        await using var scene = await Scene.StartAsync(allowed: new ClaimAllowList(LaunchClaim.SisPersonId, LaunchClaim.CustomSisPersonId("sisId")));
        var outcome = await scene.LaunchAsync(claims =>
        {
            claims[Claims.Custom] = JsonNode.Parse(custom);
            claims[Claims.Lis] = new JsonObject { ["person_sourcedid"] = "" };
        });
        var id = outcome.Accepted().Message.SisPersonId;
        Assert.Equal(expected, id is null ? null : Encoding.UTF8.GetString(id.ExposeUtf8()));
    }

    [Fact]
    [Trait("Requirement", "T-3")]
    public async Task Placeholder_in_the_lis_claim_is_no_identifier_and_a_whole_number_is_one()
    {
        await using var scene = await Scene.StartAsync();
        foreach (var nobody in new JsonNode[] { "$Person.sourcedId", "null", "-", "\u00a0", 0 })
            Assert.Null((await scene.LaunchAsync(claims => claims[Claims.Lis] = new JsonObject { ["person_sourcedid"] = nobody.DeepClone() })).Accepted().Message.SisPersonId);
        var number = (await scene.LaunchAsync(claims => claims[Claims.Lis] = new JsonObject { ["person_sourcedid"] = 4711 })).Accepted().Message.SisPersonId!;
        Assert.True("4711"u8.SequenceEqual(number.ExposeUtf8()));
    }

    [Fact]
    [Trait("Requirement", "T-3")]
    public async Task The_place_that_is_not_allowed_is_not_read()
    {
        foreach (var (allowed, expected) in new[] { (LaunchClaim.SisPersonId, "of-lis"), (LaunchClaim.CustomSisPersonId("sisId"), "of-custom") })
        {
            await using var scene = await Scene.StartAsync(allowed: new ClaimAllowList(allowed));
            var message = (await scene.LaunchAsync(claims =>
            {
                claims[Claims.Lis] = new JsonObject { ["person_sourcedid"] = "of-lis" };
                claims[Claims.Custom] = new JsonObject { ["sisId"] = "of-custom" };
            })).Accepted().Message;
            Assert.Equal(expected, Encoding.UTF8.GetString(message.SisPersonId!.ExposeUtf8()));
        }
    }

    [Fact]
    public void Every_list_of_claims_that_can_be_written_fits_the_reader()
    {
        var all = typeof(LaunchClaim).GetProperties(BindingFlags.Public | BindingFlags.Static)
            .Select(property => (LaunchClaim)property.GetValue(null)!).Append(LaunchClaim.Custom("a")).Append(LaunchClaim.CustomSisPersonId("b"));
        var read = LaunchClaimReader.Read("""{"email":"e","locale":"en"}"""u8, new ClaimAllowList(all));
        Assert.Null(read.Fault);
        Assert.Equal("en", read.Locale);
    }

    /// <summary>Every string in the object, however deep: what a memory dump would find.</summary>
    private static IEnumerable<string> Strings(object? value) => value switch
    {
        null => [],
        string text => [text],
        IEnumerable many => many.Cast<object?>().SelectMany(Strings),
        _ when value.GetType().Namespace?.StartsWith("Lti", StringComparison.Ordinal) == true =>
            value.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
                .Where(field => !field.FieldType.IsPrimitive).SelectMany(field => Strings(field.GetValue(value))),
        _ => [],
    };
}
