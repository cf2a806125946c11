using System.Security.Cryptography.X509Certificates;
using System.Text;
using Gateway.Hosting;
using Gateway.Rostering;
using Microsoft.AspNetCore.Builder;
using OneRoster.Model;
using OneRoster.Validation;
using Samples.Sis;

namespace Gateway.Tests.Rostering;

/// <summary>Servers behind TLS: what is wrong with a certificate is told, and a district's own authority is trusted for that district.</summary>
[Trait("Requirement", "S-10")]
public sealed class RosterTlsTests(RosterDatabase database) : IClassFixture<RosterDatabase>, IDisposable
{
    private readonly MadeUpAuthority authority = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => authority.Dispose();

    [Fact]
    public async Task Authority_of_the_district_is_trusted_once_it_is_named_and_kept_for_the_runs()
    {
        using var certificate = authority.Sign();
        await using var server = await StartAsync(certificate);
        var district = await database.AddDistrictAsync();

        var refused = await ConnectAsync(district, server, null);
        Assert.Equal(RosterFailures.CertificateUntrusted, refused.Code);
        Assert.Contains("--ca-file", refused.Text, StringComparison.Ordinal);

        var connections = Connections();
        // A file may hold more than certificates: no key is kept.
        Assert.Empty((await connections.ConnectAsync(Command(district, server, authority.Pem + "\n-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n"), Cancellation)).Problems);
        Assert.Equal(authority.Pem, (await database.AskAsync<string>("select ca_certificates from gateway.roster_source where district_id = @d", district)).Trim());
        await using var source = (await connections.OpenAsync(district, Cancellation)).Source!;
        Assert.True(await CountAsync(source) > 0);
    }

    [Fact]
    public async Task Self_signed_certificate_is_its_own_authority()
    {
        using var certificate = MadeUpAuthority.SelfSigned();
        await using var server = await StartAsync(certificate);
        var district = await database.AddDistrictAsync();

        Assert.Equal(RosterFailures.CertificateUntrusted, (await ConnectAsync(district, server, null)).Code);
        Assert.Equal(RosterFailures.CertificateUntrusted, (await ConnectAsync(district, server, authority.Pem)).Code);
        Assert.Empty((await Connections().ConnectAsync(Command(district, server, certificate.ExportCertificatePem()), Cancellation)).Problems);
    }

    [Theory]
    [InlineData("sis.example", false, RosterFailures.CertificateWrongHost)]
    [InlineData(null, true, RosterFailures.CertificateExpired)]
    public async Task Authority_excuses_neither_another_host_nor_a_date_that_has_passed(string? host, bool expired, string code)
    {
        using var certificate = authority.Sign(host, expired);
        await using var server = await StartAsync(certificate);

        Assert.Equal(code, (await ConnectAsync(await database.AddDistrictAsync(), server, authority.Pem)).Code);
    }

    [Fact]
    public async Task Port_without_TLS_is_told()
    {
        await using var server = await StartAsync(null);
        var district = await database.AddDistrictAsync();
        var command = Command(district, server, null);

        var problem = Assert.Single((await Connections().ConnectAsync(command with { BaseUrl = Https(command.BaseUrl!), TokenUrl = Https(command.TokenUrl!) }, Cancellation)).Problems);

        Assert.Equal(RosterFailures.TlsFailed, problem.Code);
        Assert.StartsWith("The token URL fails: no TLS connection", problem.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Own_authority_opens_no_private_network()
    {
        using var certificate = authority.Sign();
        await using var server = await StartAsync(certificate);
        var guarded = TestConnections.Of(database, options: new GatewayOptions());

        var problem = Assert.Single((await guarded.ConnectAsync(Command(await database.AddDistrictAsync(), server, authority.Pem), Cancellation)).Problems);

        Assert.Equal(RosterFailures.AddressRefused, problem.Code);
    }

    [Theory]
    [InlineData("not a certificate")]
    [InlineData("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")]
    public async Task File_without_an_authority_is_refused(string pem)
    {
        var command = new RosterConnectCommand(await database.AddDistrictAsync())
        {
            BaseUrl = "https://sis.example",
            TokenUrl = "https://sis.example/token",
            ClientId = "made-up",
            Secret = "made-up"u8.ToArray(),
            Probe = true,
            CaCertificates = pem,
        };
        Assert.Equal("roster.ca_file_invalid", Assert.Single((await Connections().ConnectAsync(command, Cancellation)).Problems).Code);

        using var signed = authority.Sign();
        command = command with { CaCertificates = signed.ExportCertificatePem() };
        Assert.Equal("roster.ca_file_invalid", Assert.Single((await Connections().ConnectAsync(command, Cancellation)).Problems).Code);
    }

    private static string Https(string url) => "https" + url[url.IndexOf(':', StringComparison.Ordinal)..];

    private static async Task<WebApplication> StartAsync(X509Certificate2? certificate)
    {
        var server = SisServer.Build(new SisOptions { Students = 20, Certificate = certificate, Url = certificate is null ? null : "https://127.0.0.1:0" });
        await server.StartAsync(Cancellation);
        return server;
    }

    private async Task<RosterConnectProblem> ConnectAsync(int district, WebApplication server, string? authorities)
    {
        var outcome = await Connections().ConnectAsync(Command(district, server, authorities), Cancellation);
        Assert.Equal(0, await database.AskAsync<long>("select count(*) from gateway.roster_source where district_id = @d", district));
        return Assert.Single(outcome.Problems);
    }

    private static RosterConnectCommand Command(int district, WebApplication server, string? authorities)
    {
        var sis = new SisOptions();
        return new(district)
        {
            BaseUrl = server.Urls.First(),
            TokenUrl = server.Urls.First() + "/token",
            ClientId = sis.ClientId,
            Secret = Encoding.UTF8.GetBytes(sis.ClientSecret),
            Probe = true,
            CaCertificates = authorities,
        };
    }

    private static async Task<int> CountAsync(IRosterSource source)
    {
        var rows = 0;
        await foreach (var _ in source.ReadAsync(FieldAllowList.Create([(RosterCollection.Orgs, "sourcedId"), (RosterCollection.Orgs, "status"), (RosterCollection.Orgs, "type")]), new RosterLedger(), Cancellation))
            rows++;
        return rows;
    }

    private RosterConnections Connections() => TestConnections.Of(database, options: new GatewayOptions { AllowPrivateNetworks = true });
}
