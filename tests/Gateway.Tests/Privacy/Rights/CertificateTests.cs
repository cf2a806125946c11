using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Gateway.Districts;
using Gateway.Identity;
using Gateway.Privacy;
using Gateway.Stage;
using Gateway.Tests.Engine;

namespace Gateway.Tests.Privacy.Rights;

[Collection(RightsStage.Name)]
[Trait("Requirement", "P-3.4")]
public sealed class CertificateTests(EngineStage stage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_erasure_has_a_certificate_that_says_what_and_how_many_and_nobody()
    {
        await stage.LaunchAsync("student-11");
        var erased = await stage.EraseAsync(await stage.OfLmsAsync("student-11"));
        var statement = await StatementAsync(erased.Certificate!.Value);

        var verified = (await VerifyCertificate.RunAsync(statement, VerifyCertificate.KeysOf(await KeysAsync())!)).Value;

        Assert.Equal((stage.Stage.GatewayUrl, erased.Certificate.ToString()), (verified.Issuer, verified.Id));
        Assert.Equal(("erasure", TestStage.DistrictSlug, erased.Erasure), (verified.Content.Kind, verified.Content.District, verified.Content.ErasureId));
        Assert.Equal(erased.Counts.OrderBy(one => one.Key, StringComparer.Ordinal), verified.Content.Deleted.OrderBy(one => one.Key, StringComparer.Ordinal));
        var header = JsonDocument.Parse(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(statement.Split('.')[0])).RootElement;
        Assert.Equal(("ES256", Certificates.Type), (header.GetProperty("alg").GetString(), header.GetProperty("typ").GetString()));
        Assert.DoesNotContain(stage.Stage.PersonOf("student-11").UserId, Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(statement.Split('.')[1]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Altered_foreign_and_broken_certificates_are_refused_each_with_its_code()
    {
        await stage.LaunchAsync("student-12");
        var statement = await StatementAsync((await stage.EraseAsync(await stage.OfLmsAsync("student-12"))).Certificate!.Value);
        var keys = VerifyCertificate.KeysOf(await KeysAsync())!;
        var parts = statement.Split('.');
        var altered = Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Encode(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(parts[1]).Replace("\"records\":1", "\"records\":9", StringComparison.Ordinal));

        Assert.Equal("certificate.signature_invalid", await CodeAsync($"{parts[0]}.{altered}.{parts[2]}"));
        Assert.Equal("certificate.malformed", await CodeAsync("no certificate"));
        Assert.Equal("certificate.malformed", await CodeAsync(""));
        Assert.Equal("certificate.key_unknown", (await VerifyCertificate.RunAsync(statement, [])).Failures[0].Code);
        // The same words under the same key, and not as a certificate.
        var pair = await stage.Get<SigningKeys>().ActiveAsync(SigningPurpose.Certificate, Cancellation);
        var other = new Microsoft.IdentityModel.JsonWebTokens.JsonWebTokenHandler().CreateToken(Microsoft.IdentityModel.Tokens.Base64UrlEncoder.Decode(parts[1]), pair.Credentials);
        Assert.Equal("certificate.malformed", await CodeAsync(other));

        async Task<string> CodeAsync(string text) => (await VerifyCertificate.RunAsync(text, keys)).Failures[0].Code;
    }

    [Fact]
    public async Task Command_checks_a_certificate_without_a_database_and_page_and_json_say_the_same()
    {
        await stage.LaunchAsync("student-13");
        var erased = await stage.EraseAsync(await stage.OfLmsAsync("student-13"));
        var folder = Directory.CreateTempSubdirectory("gateway-certificate-").FullName;
        var (file, keys) = (Path.Combine(folder, "certificate.jws"), Path.Combine(folder, "keys.json"));
        var issued = await InProcessCommand.RunAsync(stage.Stage.EnvironmentSettings(), "privacy", "certificate", TestStage.DistrictSlug, "--erasure", $"{erased.Erasure}");
        Assert.Equal((0, ""), (issued.ExitCode, issued.Error));
        await File.WriteAllTextAsync(file, issued.Output, Cancellation);
        await File.WriteAllTextAsync(keys, await KeysAsync(), Cancellation);

        var ended = await GatewayProcess.RunAsync(new Dictionary<string, string?> { ["Gateway__DataDirectory"] = folder }, "privacy", "certificate", "--verify", file, "--key", keys);
        Assert.Equal(0, ended.ExitCode);
        Assert.Contains("The signature is good.", ended.Output, StringComparison.Ordinal);
        Assert.Equal(["certificate.jws", "keys.json"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Directory.Delete(folder, recursive: true);

        using var http = new HttpClient();
        using var form = new FormUrlEncodedContent([new("certificate", issued.Output)]);
        using var page = await http.PostAsync($"{stage.Stage.GatewayUrl}/privacy/certificates/verify", form, Cancellation);
        Assert.Contains("data-testid=\"valid\"", await page.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        using var asked = new HttpRequestMessage(HttpMethod.Post, $"{stage.Stage.GatewayUrl}/privacy/certificates/verify") { Content = new StringContent(issued.Output, Encoding.UTF8, "text/plain") };
        asked.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        using var answer = await http.SendAsync(asked, Cancellation);
        var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancellation)).RootElement;
        Assert.Equal((true, TestStage.DistrictSlug), (json.GetProperty("valid").GetBoolean(), json.GetProperty("district").GetString()));
        using var broken = new FormUrlEncodedContent([new("certificate", "x.y.z")]);
        using var refused = await http.PostAsync($"{stage.Stage.GatewayUrl}/privacy/certificates/verify", broken, Cancellation);
        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Contains("<form", await http.GetStringAsync(new Uri($"{stage.Stage.GatewayUrl}/privacy/certificates/verify"), Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_retention_clock_deleted_and_a_whole_district_are_certified_from_the_audit_trail()
    {
        var database = stage.Stage.Database;
        var learner = await stage.LaunchAsync("student-16");
        await database.ExecuteAsync($"update gateway.launch set launched_at = launched_at - interval '13 months' where learner_id = {learner}");
        var gone = (await stage.Get<AddDistrict>().RunAsync("gone-district", "Gone District", "UTC", null, false, Cancellation)).Value.Id;
        await database.ExecuteAsync($"""
            insert into gateway.learner (district_id, role, first_seen, last_seen) select {gone}, 'student', current_date, current_date from generate_series(1, 12);
            update gateway.district set contract_end = current_date - 60 where id = {gone};
            """);
        Assert.Equal(["gone-district"], (await stage.Get<RetentionClock>().RunAsync(dryRun: false, Cancellation)).Value.Closed);
        var today = DateOnly.FromDateTime(stage.Stage.Clock.GetUtcNow().UtcDateTime);
        var keys = VerifyCertificate.KeysOf(await KeysAsync())!;

        var retention = (await VerifyCertificate.RunAsync((await stage.Get<IssueCertificate>().OfRetentionAsync(stage.District(), today, today, Cancellation)).Value.Statement, keys)).Value.Content;
        Assert.Equal([("launches", 1)], retention.Deleted.Select(one => (one.Key, one.Value)));
        var district = (await VerifyCertificate.RunAsync((await stage.Get<IssueCertificate>().OfDistrictAsync("gone-district", Cancellation)).Value.Statement, keys)).Value.Content;
        Assert.Equal(("district", "gone-district", 12), (district.Kind, district.District, district.Deleted["learner"]));
        Assert.Equal("certificate.district_not_deleted", (await stage.Get<IssueCertificate>().OfDistrictAsync(TestStage.DistrictSlug, Cancellation)).Failures[0].Code);
        Assert.Equal("certificate.erasure_unknown", (await stage.Get<IssueCertificate>().OfErasureAsync(stage.District(), Guid.CreateVersion7(), Cancellation)).Failures[0].Code);
    }

    [Fact]
    public async Task Certificates_stay_verifiable_when_their_key_is_replaced()
    {
        await stage.LaunchAsync("student-14");
        var statement = await StatementAsync((await stage.EraseAsync(await stage.OfLmsAsync("student-14"))).Certificate!.Value);
        await stage.Get<SigningKeyRotation>().BeginAsync(SigningPurpose.Certificate, Cancellation);
        await stage.Stage.Database.ExecuteAsync("update gateway.signing_key set activates_at = now() - interval '1 minute' where purpose = 'certificate' and activates_at > now()");
        stage.Get<SigningKeys>().Forget();
        await stage.Get<SigningKeyRotation>().TendAsync(Cancellation);

        Assert.Equal(1, await stage.Stage.Database.AskAsync<long>("select count(*) from gateway.signing_key where purpose = 'certificate' and sealed_private_key is null and published_until = 'infinity'"));
        Assert.True((await VerifyCertificate.RunAsync(statement, VerifyCertificate.KeysOf(await KeysAsync())!)).Succeeded);
    }

    private Task<string> StatementAsync(Guid id) => stage.Stage.Database.AskAsync<string>($"select statement from gateway.certificate where id = '{id}'");

    private async Task<string> KeysAsync()
    {
        using var http = new HttpClient();
        return await http.GetStringAsync(new Uri($"{stage.Stage.GatewayUrl}/privacy/certificates/keys"), Cancellation);
    }
}
