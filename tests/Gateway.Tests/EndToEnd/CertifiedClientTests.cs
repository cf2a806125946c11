using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gateway.Identity;
using Gateway.Stage;
using Gateway.Tests.House;
using Gateway.Tests.Identity;
using Lti.Tests.Platform;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.EndToEnd;

/// <summary>
/// An engine on a library that is not ours: openid-client, which is certified as a relying party. It does discovery, PKCE, state, nonce,
/// the code, the id_token and UserInfo by itself; nothing in it was made for the gateway.
/// </summary>
public sealed class CertifiedClientTests(StageFixture fixture) : IClassFixture<StageFixture>, IAsyncLifetime
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "OpenIdClient");
    private readonly TestStage stage = fixture.Stage;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string RedirectUri => $"{stage.EngineUrl}/oidc/callback";

    public async ValueTask InitializeAsync()
    {
        if (!Directory.Exists(Path.Combine(Folder, "node_modules", "openid-client")))
            await RunAsync("npm", "", "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("client_secret_basic", "ES256")]
    [InlineData("client_secret_post", "RS256")]
    [InlineData("private_key_jwt", "ES256")]
    [InlineData("private_key_jwt", "RS256")]
    public async Task Certified_library_signs_a_student_in_after_a_launch(string method, string algorithm)
    {
        await using var keys = await EngineKeys.StartAsync();
        await RegisterAsync(method == "private_key_jwt" ? keys.Url : null, algorithm);
        using var visitor = await Visitor.SignInAsync(stage, "student-1");
        var handOff = (await visitor.SendAsync(await visitor.PrepareAsync())).Location!;
        var client = new JsonObject
        {
            ["client_id"] = TestStage.EngineId,
            ["client_secret"] = method == "private_key_jwt" ? null : TestStage.EngineSecret,
            ["token_endpoint_auth_method"] = method,
        };
        // RS256 is what the library takes when nobody says anything.
        if (algorithm != "RS256")
            client["id_token_signed_response_alg"] = algorithm;

        var result = JsonDocument.Parse(await RunAsync("node", new JsonObject
        {
            ["issuer"] = stage.GatewayUrl,
            ["client"] = client,
            ["key"] = method == "private_key_jwt" ? PrivateKey(SigningKey.First) : null,
            ["redirectUri"] = RedirectUri,
            ["loginHint"] = QueryHelpers.ParseQuery(handOff.Query)["login_hint"].ToString(),
            ["cookie"] = stage.KeptCookies[handOff.OriginalString],
        }.ToJsonString(), "signin.mjs")).RootElement;

        var (claims, person) = (result.GetProperty("claims"), result.GetProperty("person"));
        Assert.Equal(algorithm, result.GetProperty("algorithm").GetString());
        Assert.Equal(["code", "iss", "state"], result.GetProperty("returned").EnumerateArray().Select(name => name.GetString()));
        Assert.NotNull(await stage.LearnerOfAsync(claims));
        Assert.Equal("student", claims.GetProperty("role").GetString());
        Assert.Equal(TestStage.DistrictSlug, claims.GetProperty("district").GetString());
        Assert.Equal("LtiResourceLinkRequest", claims.GetProperty("launch").GetProperty("message_type").GetString());
        Assert.Equal(claims.GetProperty("sub").GetString(), person.GetProperty("sub").GetString());
        Assert.Equal("student", person.GetProperty("role").GetString());
        Assert.Equal(("scores.write", "Bearer"), (result.GetProperty("scope").GetString(), result.GetProperty("tokenType").GetString()));
    }

    private async Task RegisterAsync(string? jwksUrl, string algorithm)
    {
        await stage.Database.ExecuteAsync("delete from gateway.engine_client");
        Assert.Empty(await stage.Services.GetRequiredService<EngineRegistration>().RegisterAsync(
            new(TestStage.EngineId, $"{stage.EngineUrl}/oidc/login", [RedirectUri], jwksUrl is null ? TestStage.EngineSecret : null, jwksUrl, "A Test", algorithm),
            Cancellation));
    }

    private static JsonObject PrivateKey(SigningKey key)
    {
        var (jwk, parameters) = (key.ToJwk(), key.Rsa.ExportParameters(includePrivateParameters: true));
        foreach (var (name, value) in new[] { ("d", parameters.D), ("p", parameters.P), ("q", parameters.Q), ("dp", parameters.DP), ("dq", parameters.DQ), ("qi", parameters.InverseQ) })
            jwk[name] = Base64Url.EncodeToString(value);
        return jwk;
    }

    private static async Task<string> RunAsync(string program, string input, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancellation), process.StandardError.ReadToEndAsync(Cancellation));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
    }
}
