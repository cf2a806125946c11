using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Gateway.Bench.Launches;

/// <summary>
/// The least that a launch can cost: Kestrel answers two requests, one RS256 signature is verified with a key that is parsed already,
/// one row is committed durably. It checks nothing else, so it is a floor and not a tool.
/// <c>bench launch-floor URL CONNECTION JWKS-URL AUTH-URL</c>
/// </summary>
internal static class LaunchFloor
{
    public static async Task RunAsync(string url, string connection, string jwksUrl, string authUrl)
    {
        using HttpClient http = new();
        var keys = new JsonWebKeySet(await http.GetStringAsync(jwksUrl)).GetSigningKeys();
        using var rsa = RSA.Create(((RsaSecurityKey)keys[0]).Parameters);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 8, NoResetOnClose = true });
        await using (var create = source.CreateCommand("create table if not exists floor (id uuid primary key, at timestamptz not null)"))
            await create.ExecuteNonQueryAsync();

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls(url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        var login = string.Create(CultureInfo.InvariantCulture,
            $"{authUrl}?scope=openid&response_type=id_token&response_mode=form_post&prompt=none&client_id=client-1&login_hint=x&state=s&nonce=n&redirect_uri={Uri.EscapeDataString(url + "/launch")}");
        app.Run(async context =>
        {
            var body = await BodyAsync(context.Request);
            context.Response.StatusCode = StatusCodes.Status302Found;
            if (context.Request.Path == "/login")
            {
                context.Response.Headers.Location = login;
                return;
            }

            var token = body.AsSpan("id_token=".Length, body.AsSpan().IndexOf((byte)'&') - "id_token=".Length);
            var dot = token.LastIndexOf((byte)'.');
            var verified = rsa.VerifyData(
                token[..dot], System.Buffers.Text.Base64Url.DecodeFromUtf8(token[(dot + 1)..]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            if (!verified)
                throw new CryptographicException("The token is not of the platform.");
            await using var insert = source.CreateCommand("insert into floor (id, at) values ($1, now())");
            insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
            await insert.ExecuteNonQueryAsync();
            context.Response.Headers.Location = "/app";
        });
        await app.StartAsync();
        Console.WriteLine("ready");
        await app.WaitForShutdownAsync();
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        var body = new byte[(int)(request.ContentLength ?? 0)];
        await request.Body.ReadExactlyAsync(body);
        return body;
    }
}
