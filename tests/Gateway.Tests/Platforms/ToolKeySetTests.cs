using System.Globalization;
using System.Net;
using Gateway.Districts;
using Gateway.Identity;
using Gateway.Launches;
using Gateway.Platforms;
using Gateway.Stage;
using Gateway.Storage.Model;
using Gateway.Tests.EndToEnd;
using Lti.Security;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Gateway.Tests.Platforms;

/// <summary>What is signed for one platform proves nothing to another.</summary>
[Trait("Requirement", "T-6")]
public sealed class ToolKeySetTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    private readonly TestStage stage = fixture.Stage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Assertion_for_one_districts_platform_verifies_with_the_keys_at_its_address_and_with_no_others()
    {
        var (ours, theirs) = (await AddAsync(await DistrictAsync("keys-a"), "https://a.example"), await AddAsync(await DistrictAsync("keys-b"), "https://b.example"));
        var shared = await KeysAsync($"{stage.GatewayUrl}/lti/jwks");
        foreach (var (one, other) in new[] { (ours, theirs), (theirs, ours) })
        {
            var assertion = await AssertionAsync(one.Id);
            Assert.True(await VerifiesAsync(assertion, await KeysAsync(AddressOf(one))));
            Assert.False(await VerifiesAsync(assertion, await KeysAsync(AddressOf(other))));
            Assert.False(await VerifiesAsync(assertion, shared));
        }
    }

    [Fact]
    public async Task Address_that_is_printed_before_the_platform_is_registered_is_the_registrations_own()
    {
        var district = await DistrictAsync("keys-before");
        var form = (await Get<PlatformValues>().OfAsync("moodle", district, "keys-before", Cancellation)).Value;
        var platform = (await Get<AddPlatform>().RunAsync(district, new("moodle", "https://moodle.example", "c", ["1"], null, null, null), Cancellation)).Value;
        Assert.Contains(form.Values, value => value.Value == AddressOf(platform));
    }

    [Theory]
    [InlineData("/lti/jwks/019a0000-0000-7000-8000-000000000000", HttpStatusCode.NotFound)]
    [InlineData("/lti/jwks/another", HttpStatusCode.NotFound)]
    [InlineData("/lti/config/019a000000007000800000000000000a/canvas.json", HttpStatusCode.NotFound)]
    public async Task Address_that_nobody_was_given_answers_nothing_and_makes_no_key(string path, HttpStatusCode status)
    {
        var before = await stage.Database.AskAsync<long>("select count(*) from gateway.signing_key");
        using var visitor = new Visitor(stage);
        Assert.Equal(status, (await visitor.GetAsync(stage.GatewayUrl + path)).Status);
        Assert.Equal(before, await stage.Database.AskAsync<long>("select count(*) from gateway.signing_key"));
    }

    [Fact]
    public async Task Registration_of_before_is_moved_while_both_addresses_are_good()
    {
        var district = await DistrictAsync("keys-moved");
        var platform = await AddAsync(district, "https://moved.example");
        await stage.Database.ExecuteAsync($"update gateway.registration set key_set_id = null where id = {platform.Id}");
        Get<RegistrationDirectory>().Forget(platform.Id);
        var key = Get<PlatformKey>();
        var sharedAddress = $"{stage.GatewayUrl}/lti/jwks";
        Assert.Equal(new PlatformKeyState(PlatformKeyState.Shared, sharedAddress, null), (await key.ShowAsync(district, platform.Id, Cancellation)).Value);
        Assert.Contains("platform.key_shared", (await Get<CheckPlatform>().RunAsync(district, platform.Id, Cancellation)).Value[0].Findings.Select(finding => finding.Code));
        Assert.Equal("platform.key_not_prepared", (await key.SwitchAsync(district, platform.Id, Cancellation)).Failures[0].Code);

        var next = (await key.PrepareAsync(district, platform.Id, Cancellation)).Value.NextJwksUrl!;
        Assert.Equal(next, (await key.PrepareAsync(district, platform.Id, Cancellation)).Value.NextJwksUrl);
        var before = await AssertionAsync(platform.Id);
        Assert.True(await VerifiesAsync(before, await KeysAsync(sharedAddress)));
        Assert.True(await VerifiesAsync(before, await KeysAsync(next)));

        Assert.Equal(new PlatformKeyState(PlatformKeyState.Own, next, null), (await key.SwitchAsync(district, platform.Id, Cancellation)).Value);
        var after = await AssertionAsync(platform.Id);
        Assert.True(await VerifiesAsync(after, await KeysAsync(next)));
        Assert.False(await VerifiesAsync(after, await KeysAsync(sharedAddress)));
        stage.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Single(await KeysAsync(next));
        Assert.Equal("platform.key_own", (await key.PrepareAsync(district, platform.Id, Cancellation)).Failures[0].Code);
    }

    [Fact]
    public async Task Every_set_is_rotated_and_each_key_is_written_down()
    {
        var platform = await AddAsync(await DistrictAsync("keys-rotated"), "https://rotated.example");
        var first = Assert.Single(await KeysAsync(AddressOf(platform)));
        var rotation = Get<SigningKeyRotation>();
        var sets = await rotation.SetsOfAsync(SigningPurpose.Lti, Cancellation);
        Assert.Contains(SigningKeySet.OfTool(platform.KeySetId), sets);
        Assert.Contains(SigningKeySet.OfTool(null), sets);

        stage.Clock.Advance(TimeSpan.FromDays(84));
        await rotation.TendAsync(Cancellation);
        Assert.Equal(2, (await KeysAsync(AddressOf(platform))).Count);
        stage.Clock.Advance(TimeSpan.FromDays(8));
        await rotation.TendAsync(Cancellation);
        var active = await Get<SigningKeys>().ActiveAsync(SigningKeySet.OfTool(platform.KeySetId), Cancellation);
        Assert.NotEqual(first.KeyId, active.Kid);
        Assert.Equal(new JsonWebToken(await AssertionAsync(platform.Id)).Kid, active.Kid);
        Assert.True(await stage.Database.AskAsync<bool>($"select sealed_private_key is null from gateway.signing_key where kid = '{first.KeyId}'"));
        Assert.Equal(2, await stage.Database.AskAsync<long>(string.Create(CultureInfo.InvariantCulture,
            $"select count(*) from gateway.audit_entry where action = 'signing_key.made' and details::jsonb ->> 'set' = '{platform.KeySetId:N}'")));
    }

    [Fact]
    public async Task First_key_of_a_set_is_made_once_however_many_ask_for_it()
    {
        var set = await Get<ToolKeySets>().OfKindAsync(await DistrictAsync("keys-once"), "other", Cancellation);
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => KeysAsync($"{stage.GatewayUrl}/lti/jwks/{set:N}")));
        Assert.Single(found.SelectMany(keys => keys).Select(key => key.KeyId).Distinct());
        Assert.Equal(1, await stage.Database.AskAsync<long>($"select count(*) from gateway.signing_key where key_set_id = '{set}'"));
    }

    [Fact]
    public async Task Token_endpoint_and_client_id_that_are_known_under_another_issuer_are_refused_in_any_spelling()
    {
        var (one, other) = (await DistrictAsync("endpoint-a"), await DistrictAsync("endpoint-b"));
        Assert.True((await AddAsync(one, "https://first.example", "https://first.example/token", "same")).Id > 0);
        foreach (var token in new[] { "https://first.example/token", "https://FIRST.example:443/token/", "https://first.example./token?x=1" })
        {
            var added = await Get<AddPlatform>().RunAsync(other, new("other", "https://second.example", "same", ["9"], "https://second.example/auth", token, "https://second.example/jwks")
            {
                ConfirmedHosts = ["first.example", "first.example."],
            }, Cancellation);
            Assert.Equal(["platform.token_endpoint_taken"], added.Failures.Select(failure => failure.Code));
        }
    }

    [Fact]
    public async Task Addresses_off_the_issuers_site_need_each_host_to_be_confirmed_when_added_and_when_approved()
    {
        var district = await DistrictAsync("confirmed");
        var wish = new AddPlatformCommand("other", "https://lms.example", "c", ["1"], "https://sso.vendor.example/auth", "https://api.vendor.example/token", "https://lms.example/jwks");
        foreach (var hosts in new string[][] { [], ["sso.vendor.example"], ["vendor.example"], ["lms.example"] })
            Assert.Equal(["platform.addresses_unconfirmed"], (await Get<AddPlatform>().RunAsync(district, wish with { ConfirmedHosts = hosts }, Cancellation)).Failures.Select(failure => failure.Code));

        string[] both = ["sso.vendor.example", "api.vendor.example"];
        var platform = (await Get<AddPlatform>().RunAsync(district, wish with { ConfirmedHosts = both }, Cancellation)).Value.Id;
        await Get<RemovePlatform>().RunAsync(district, platform, Cancellation);
        Assert.Equal("platform.addresses_unconfirmed", (await Get<ApprovePlatform>().RunAsync(district, platform, [], false, Cancellation)).Failures[0].Code);
        Assert.True((await Get<ApprovePlatform>().RunAsync(district, platform, both, false, Cancellation)).Succeeded);
    }

    private T Get<T>() where T : notnull => stage.Services.GetRequiredService<T>();

    private async Task<int> DistrictAsync(string slug) => (await Get<AddDistrict>().RunAsync(slug, slug, "UTC", null, false, Cancellation)).Value.Id;

    private async Task<Registration> AddAsync(int district, string issuer, string? token = null, string client = "client") => (await Get<AddPlatform>().RunAsync(
        district, new("other", issuer, client, ["1"], $"{issuer}/auth", token ?? $"{issuer}/token", $"{issuer}/jwks"), Cancellation)).Value;

    private string AddressOf(Registration platform) => Get<ToolFacts>().JwksUrlOf(platform.KeySetId);

    private async Task<string> AssertionAsync(int platform)
    {
        var registration = (await Get<RegistrationDirectory>().GetAsync(platform, Cancellation))!.Registration;
        return Lti.Security.ClientAssertion.Create(registration, await Get<IToolKeyStore>().GetSigningKeyAsync(registration, Cancellation), stage.Clock.GetUtcNow());
    }

    private async Task<IList<SecurityKey>> KeysAsync(string address)
    {
        using var visitor = new Visitor(stage);
        return new JsonWebKeySet((await visitor.GetAsync(address)).Body).GetSigningKeys();
    }

    private static async Task<bool> VerifiesAsync(string assertion, IList<SecurityKey> keys) => (await new JsonWebTokenHandler().ValidateTokenAsync(assertion, new TokenValidationParameters
    {
        IssuerSigningKeys = keys,
        ValidateIssuer = false,
        ValidateAudience = false,
        ValidateLifetime = false,
    })).IsValid;
}
