using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Hosting;
using Gateway.Platforms;
using Gateway.Privacy;
using Gateway.Privacy.Successor;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Tests.EndToEnd;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Gateway.Tests.Privacy;

/// <summary>Bundles that the operator of a gateway is given by somebody who wants in: signed by the wrong one, or by one that went bad.</summary>
[Trait("Requirement", "T-19")]
public sealed class HostileBundleTests(StageFixture fixture) : IClassFixture<StageFixture>
{
    // The gateway that takes in; its own district has the stage's platform.
    private TestStage Ours => fixture.Stage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bundle_that_the_named_gateway_did_not_sign_is_refused_before_it_is_opened()
    {
        using var named = NewKey();
        using var stranger = NewKey();
        var bundle = await BundleAsync(stranger, NewManifest());
        var (opened, _) = BundleHeader.For(await OurKeyAsync(), named);
        // The named gateway's key in the header, with the stranger's signature under it.
        using var signer = ECDsa.Create(stranger.ExportParameters(includePrivateParameters: true));
        byte[] claimed = [.. opened[..^64], .. signer.SignData(opened[..^64], HashAlgorithmName.SHA256), .. bundle[BundleHeader.Length..]];
        // The named gateway's whole header, seen on another bundle, before the stranger's content.
        byte[] borrowed = [.. opened, .. bundle[BundleHeader.Length..]];
        byte[] before = [.. "gateway-bundle-1\n"u8, .. bundle[17..]];

        Assert.Equal("successor.sender_unknown", await RefusalAsync(bundle, named));
        Assert.Equal("successor.sender_unknown", await RefusalAsync(claimed, named));
        Assert.Equal("successor.bundle_unreadable", await RefusalAsync(borrowed, named));
        Assert.Equal("successor.bundle_unsigned", await RefusalAsync(before, named));
        // The header alone decides: what comes after it is not looked at.
        Assert.Equal("successor.sender_unknown", await RefusalAsync([.. bundle[..BundleHeader.Length], 1, 2, 3], named));
        for (var at = 0; at < BundleHeader.Length; at += 7)
            Assert.NotNull(await RefusalAsync(Flipped(bundle, at), stranger));
    }

    [Theory]
    [InlineData("issuer = 'javascript:alert(1)'", "platform.url_invalid")]
    [InlineData("authorization_endpoint = 'http://lms.example/auth'", "platform.url_invalid")]
    [InlineData("token_endpoint = 'https://user@lms.example/token'", "platform.url_invalid")]
    [InlineData("jwks_uri = 'https://168.63.129.16/jwks'", "successor.platform_inside")]
    [InlineData("jwks_uri = 'https://[64:ff9b::a9fe:a9fe]/jwks'", "successor.platform_inside")]
    [InlineData("client_id = repeat('x', 300)", "platform.client_id_invalid")]
    [InlineData("token_audience = 'https://api.brightspace.com/auth/token'", "platform.token_audience_of_another")]
    [InlineData("sis_parameter = 'path'", "platform.sis_source_invalid")]
    [InlineData("client_id = E'one\\ntwo'", "platform.client_id_invalid")]
    [InlineData("namespace = repeat('x', 2000)", "successor.platform_text_invalid")]
    public async Task Platform_that_could_not_be_registered_does_not_come_with_a_district_either(string change, string code)
    {
        await using var theirs = await TestStage.StartAsync();
        await theirs.Database.ExecuteAsync($"update gateway.registration set issuer = 'https://lms.example'; update gateway.registration set {change}; update gateway.district set slug = 'theirs'");

        var refused = await TakeOverAsync(await BundleAsync(theirs), await FingerprintAsync(theirs));

        Assert.Equal("successor.platform_refused", refused.Failures[0].Code);
        Assert.Contains(code, refused.Failures.Select(failure => failure.Code));
        Assert.DoesNotContain(refused.Failures, failure => failure.Message.Contains("lms.example", StringComparison.Ordinal));
        Assert.Equal(1, await Ours.Database.AskAsync<long>("select count(*) from gateway.district"));
    }

    [Fact]
    public async Task Platform_of_another_district_is_not_taken_over_with_a_bundle()
    {
        await using var theirs = await TestStage.StartAsync();
        var (issuer, client) = (await OurOwnAsync("issuer"), await OurOwnAsync("client_id"));
        await theirs.Database.ExecuteAsync($"update gateway.registration set issuer = '{issuer}', client_id = '{client}'; update gateway.district set slug = 'theirs'");

        var refused = await TakeOverAsync(await BundleAsync(theirs), await FingerprintAsync(theirs));

        Assert.Equal("successor.platform_exists", Assert.Single(refused.Failures).Code);
        Assert.Equal(1, await Ours.Database.AskAsync<long>("select count(*) from gateway.registration"));
    }

    [Fact]
    public async Task More_platforms_than_a_district_can_have_are_refused()
    {
        await using var theirs = await TestStage.StartAsync();
        await theirs.Database.ExecuteAsync("""
            update gateway.district set slug = 'theirs';
            insert into gateway.registration (district_id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, created_at, state, source)
            select r.district_id, r.kind, 'https://lms.example', n, r.authorization_endpoint, r.token_endpoint, r.jwks_uri, r.namespace, r.learns_deployments, r.created_at, r.state, r.source
            from gateway.registration r cross join generate_series(1, 200) n
            """);

        var refused = await TakeOverAsync(await BundleAsync(theirs), await FingerprintAsync(theirs));

        Assert.Equal(["successor.platform_refused", "successor.platforms_too_many"], refused.Failures.Select(failure => failure.Code));
    }

    [Fact]
    public async Task Bundle_whose_content_no_gateway_writes_is_refused_and_leaves_nothing()
    {
        using var sender = NewKey();
        var good = NewManifest();
        await using var held = await Ours.HoldJobsAsync();
        var before = await Ours.Database.RowCountsAsync();

        foreach (var manifest in (Manifest[])
        [
            good with { Slug = "Not A Slug" }, good with { Slug = "../oak" }, good with { Name = "" }, good with { Name = new string('x', 2_000_000) }, good with { TimeZone = "Moon/Crater" },
            good with { Keys = [] }, good with { Keys = [good.Keys[0], good.Keys[0]] }, good with { Keys = [good.Keys[0] with { Root = [1] }] },
            good with { Keys = [.. Enumerable.Range(1, 1_001).Select(n => good.Keys[0] with { Version = (short)n })] },
        ])
            Assert.Equal("successor.bundle_unreadable", await RefusalAsync(await BundleAsync(sender, manifest), sender));
        // No manifest, no rows, rows that are none, a run that says it is longer than it may be, and a part that never ends.
        Assert.Equal("successor.bundle_unreadable", await RefusalAsync(await BundleAsync(sender, null), sender));
        Assert.Equal("successor.bundle_unreadable", await RefusalAsync(await BundleAsync(sender, good), sender));
        Assert.Equal("successor.bundle_unreadable", await RefusalAsync(await BundleAsync(sender, good, "registration", "no rows"u8.ToArray()), sender));
        Assert.Equal("successor.bundle_unreadable", await RefusalAsync(await BundleAsync(sender, good, "engine_client", [1]), sender));
        Assert.Equal("successor.bundle_unreadable", await RefusalAsync(await BundleAsync(sender, good, "registration", new byte[5 * 1024 * 1024]), sender));
        Assert.Equal("successor.version", await RefusalAsync(await BundleAsync(sender, good with { Schema = "0001_other" }), sender));

        Assert.Equal(before, await Ours.Database.RowCountsAsync());
    }

    [Theory]
    [InlineData("https://10.0.0.5/jwks")]
    [InlineData("https://[::ffff:192.168.1.1]/jwks")]
    [InlineData("https://localhost/jwks")]
    [InlineData("http://127.0.0.1/jwks")]
    [InlineData("https://2130706433/jwks")]
    public async Task Address_inside_is_refused_outside_demonstrations(string jwks)
    {
        var one = new MovedRegistration("other", "https://lms.example", "client", ["1"], "https://lms.example/auth", "https://lms.example/token", jwks, null, null, []);

        Assert.Equal("successor.platform_inside", Assert.Single(await RulesOf(allow: false).CheckAsync([one], Cancellation)).Code);
        Assert.Empty(await RulesOf(allow: true).CheckAsync([one], Cancellation));
        Assert.Empty(await RulesOf(allow: false).CheckAsync([one with { JwksUri = "https://lms.example/jwks" }], Cancellation));
        Assert.Contains(await RulesOf(allow: true).CheckAsync([one, one], Cancellation), failure => failure.Code == "successor.platform_twice");
    }

    [Fact]
    public async Task Both_commands_print_the_fingerprints_by_which_people_compare()
    {
        await using var theirs = await TestStage.StartAsync();
        await theirs.Database.ExecuteAsync("update gateway.registration set issuer = 'https://lms.example'; update gateway.district set slug = 'theirs'");
        var folder = Directory.CreateTempSubdirectory("gateway-bundle-").FullName;
        try
        {
            var (ourKey, theirKey, bundle) = (Path.Combine(folder, "ours.pem"), Path.Combine(folder, "theirs.pem"), Path.Combine(folder, "bundle"));
            var ours = await RunAsync(Ours, "privacy", "successor-key");
            var their = await RunAsync(theirs, "privacy", "successor-key");
            await File.WriteAllTextAsync(ourKey, ours.Output, Cancellation);
            await File.WriteAllTextAsync(theirKey, their.Output, Cancellation);

            var written = await RunAsync(theirs, "privacy", "hand-over", "theirs", "--to", ourKey, "--out", bundle, "--rehearsal");
            var unnamed = await RunAsync(Ours, "privacy", "take-over", bundle);
            var wrong = await RunAsync(Ours, "privacy", "take-over", bundle, "--from", "SHA256:1234");
            var other = await RunAsync(Ours, "privacy", "take-over", bundle, "--from", ourKey, "--json");
            var taken = await RunAsync(Ours, "privacy", "take-over", bundle, "--from", theirKey);

            Assert.Equal((0, 2, 1, 1, 0), (written.ExitCode, unnamed.ExitCode, wrong.ExitCode, other.ExitCode, taken.ExitCode));
            Assert.Contains("successor.sender_unknown", other.Output, StringComparison.Ordinal);
            foreach (var said in (string[])[written.Output, taken.Output])
            {
                Assert.Contains($"from {await FingerprintAsync(theirs)}", said, StringComparison.Ordinal);
                Assert.Contains($"to   {await FingerprintAsync(Ours)}", said, StringComparison.Ordinal);
            }

            Assert.Contains(await FingerprintAsync(theirs), their.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            await Ours.Database.ExecuteAsync("delete from gateway.district where slug = 'theirs'");
        }
    }

    private static Task<Ended> RunAsync(TestStage stage, params string[] arguments) => InProcessCommand.RunAsync(stage.EnvironmentSettings(), arguments);

    private MovedRegistrationRules RulesOf(bool allow) => new(Ours.Services.GetRequiredService<TokenAudienceOwners>(), Options.Create(new GatewayOptions { AllowPrivateNetworks = allow }));

    private Task<string> OurOwnAsync(string column) => Ours.Database.AskAsync<string>($"select {column} from gateway.registration limit 1");

    private static ECDiffieHellman NewKey() => ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    private async Task<ECDiffieHellman> OurKeyAsync() => BundleHeader.PublicKeyOf(await Ours.Services.GetRequiredService<SuccessorKeys>().PublicKeyAsync(Cancellation))!;

    private static Task<string> FingerprintAsync(TestStage stage) => stage.Services.GetRequiredService<SuccessorKeys>().FingerprintAsync(Cancellation);

    private Manifest NewManifest()
    {
        using var model = Ours.Services.GetRequiredService<GatewayDatabase>().Open();
        return new(
            model.Database.GetMigrations().Last(), "theirs", "Theirs", "UTC", false, null, DateTimeOffset.UnixEpoch, [new(1, new byte[32], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch)]);
    }

    /// <summary>A bundle by hand, as a sender writes it who may write anything.</summary>
    private async Task<byte[]> BundleAsync(ECDiffieHellman sender, Manifest? manifest, string? part = null, byte[]? content = null)
    {
        using var to = await OurKeyAsync();
        var (header, key) = BundleHeader.For(to, sender);
        using var stream = new MemoryStream();
        await stream.WriteAsync(header, Cancellation);
        using var cipher = new BundleCipher(key, header);
        using var writer = new BundleWriter(stream, cipher);
        if (manifest is not null)
        {
            await writer.BeginPartAsync(Manifest.Part, Cancellation);
            await writer.WriteRunAsync(JsonSerializer.SerializeToUtf8Bytes(manifest), Cancellation);
            await writer.EndPartAsync(Cancellation);
        }

        if (part is not null)
        {
            await writer.BeginPartAsync(part, Cancellation);
            await writer.WriteRunAsync(content, Cancellation);
            await writer.EndPartAsync(Cancellation);
        }

        await writer.CompleteAsync(Cancellation);
        return stream.ToArray();
    }

    private async Task<byte[]> BundleAsync(TestStage from)
    {
        using var bundle = new MemoryStream();
        from.District.Slug = await from.Database.AskAsync<string>("select slug from gateway.district");
        var written = await from.Services.GetRequiredService<HandOverDistrict>().RunAsync(
            from.District, await Ours.Services.GetRequiredService<SuccessorKeys>().PublicKeyAsync(Cancellation), bundle, rehearsal: true, Cancellation);
        Assert.Empty(written.Failures);
        return bundle.ToArray();
    }

    private Task<Outcome<BundleContent>> TakeOverAsync(byte[] bundle, string sender) =>
        Ours.Services.GetRequiredService<TakeOverDistrict>().RunAsync(new MemoryStream(bundle), sender, Cancellation);

    private async Task<string?> RefusalAsync(byte[] bundle, ECDiffieHellman sender)
    {
        var taken = await TakeOverAsync(bundle, BundleHeader.FingerprintOf(sender.ExportSubjectPublicKeyInfo()));
        return taken.Failures.Select(failure => failure.Code).FirstOrDefault();
    }

    private static byte[] Flipped(byte[] bundle, int at)
    {
        var flipped = bundle.ToArray();
        flipped[at] ^= 1;
        return flipped;
    }
}
