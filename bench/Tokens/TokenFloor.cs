using System.Buffers.Text;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Npgsql;

namespace Gateway.Bench.Tokens;

/// <summary>
/// The least that a token request can cost: Kestrel answers one request, one ES256 signature is made with a key that is parsed already,
/// one row is committed durably. It checks nothing, so it is a floor and not a provider. <c>bench token-floor CONNECTION</c>
/// </summary>
internal static class TokenFloor
{
    public static async Task RunAsync(string connection)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { MaxAutoPrepare = 8, NoResetOnClose = true });
        await using (var create = source.CreateCommand("create table if not exists public.floor (id uuid primary key, at timestamptz not null)"))
            await create.ExecuteNonQueryAsync();

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.AddServerHeader = false);
        await using var app = builder.Build();
        var signed = RandomNumberGenerator.GetBytes(600);
        app.Run(async context =>
        {
            var body = new byte[(int)(context.Request.ContentLength ?? 0)];
            await context.Request.Body.ReadExactlyAsync(body);
            var signature = Base64Url.EncodeToString(key.SignData(signed, HashAlgorithmName.SHA256));
            await using var insert = source.CreateCommand("insert into public.floor (id, at) values ($1, now())");
            insert.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = Guid.CreateVersion7() });
            await insert.ExecuteNonQueryAsync();
            await context.Response.WriteAsync(signature);
        });
        await app.StartAsync();
        Console.WriteLine($"listening on {app.Urls.First()}");
        await app.WaitForShutdownAsync();
    }
}
