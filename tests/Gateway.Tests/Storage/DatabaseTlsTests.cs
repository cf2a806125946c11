using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Gateway.Stage;
using Gateway.Storage;
using Npgsql;

namespace Gateway.Tests.Storage;

[Trait("Requirement", "P-5.3")]
[Trait("Requirement", "T-19")]
public sealed class DatabaseTlsTests
{
    // Not "localhost": to the gateway another machine, whatever it resolves to.
    private static readonly string Elsewhere = Dns.GetHostName();

    [Theory]
    [InlineData("Host=db.example.org;Database=gateway;Username=owner", SslMode.VerifyFull)]
    [InlineData("Host=192.0.2.7;Username=owner", SslMode.VerifyFull)]
    [InlineData("Host=127.0.0.1,db.example.org;Username=owner", SslMode.VerifyFull)]
    [InlineData("Host=localhost.example.org;Username=owner", SslMode.VerifyFull)]
    [InlineData("Host=db.example.org:5433;Username=owner", SslMode.VerifyFull)]
    [InlineData("Host=127.0.0.1;Username=owner", SslMode.Prefer)]
    [InlineData("Host=127.0.0.1:5433,localhost:5434;Username=owner", SslMode.Prefer)]
    [InlineData("Host=::1;Username=owner", SslMode.Prefer)]
    [InlineData("Host=[::1]:5433;Username=owner", SslMode.Prefer)]
    [InlineData("Host=localhost;Username=owner", SslMode.Prefer)]
    [InlineData("Host=/var/run/postgresql;Username=owner", SslMode.Prefer)]
    [InlineData("Host=db.example.org;SSL Mode=VerifyFull", SslMode.VerifyFull)]
    [InlineData("Host=db.example.org;SSL Mode=Require", SslMode.Require)]
    [InlineData("Host=db.example.org;SslMode=Disable", SslMode.Disable)]
    public void Database_on_another_machine_is_spoken_to_over_verified_tls_unless_told_otherwise(string given, SslMode expected) =>
        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(DatabaseTls.ByDefault(given)).SslMode);

    [Theory]
    [InlineData("Host=db.example.org", false)]
    [InlineData("Host=db.example.org;SSL Mode=VerifyFull", false)]
    [InlineData("Host=127.0.0.1;SSL Mode=Disable", false)]
    [InlineData("Host=db.example.org;SSL Mode=VerifyCA", true)]
    [InlineData("Host=db.example.org;SSL Mode=Require", true)]
    [InlineData("Host=db.example.org;SSL Mode=Prefer", true)]
    [InlineData("Host=db.example.org;sslmode=disable", true)]
    public void Weaker_mode_for_another_machine_is_noticed(string given, bool weakened) => Assert.Equal(weakened, DatabaseTls.IsWeakened(given));

    [Fact]
    public async Task Server_that_cannot_show_that_it_is_the_one_that_was_meant_is_not_spoken_to()
    {
        using var right = CertificateFor(Elsewhere);
        using var wrong = CertificateFor("another.example");
        var folder = Directory.CreateTempSubdirectory("gateway-tls-").FullName;
        try
        {
            var (rightRoot, wrongRoot) = (Path.Combine(folder, "right.pem"), Path.Combine(folder, "wrong.pem"));
            await File.WriteAllTextAsync(rightRoot, right.ExportCertificatePem(), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(wrongRoot, wrong.ExportCertificatePem(), TestContext.Current.CancellationToken);

            // Nobody vouches for it; another authority; the right authority for another name.
            await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(right, ""));
            await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(right, $";Root Certificate={wrongRoot}"));
            await Assert.ThrowsAnyAsync<Exception>(() => AskAsync(wrong, $";Root Certificate={wrongRoot}"));
            Assert.Equal(1, await AskAsync(right, $";Root Certificate={rightRoot}"));
            // In so many words.
            Assert.Equal(1, await AskAsync(right, ";SSL Mode=Require"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<int> AskAsync(X509Certificate2 certificate, string more)
    {
        var cluster = new NpgsqlConnectionStringBuilder(TestCluster.OwnerConnectionString);
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        var serving = ServeAsync(listener, certificate, Path.Combine(cluster.Host!, $".s.PGSQL.{cluster.Port}"));
        cluster.Host = Elsewhere;
        cluster.Port = ((IPEndPoint)listener.LocalEndpoint).Port;
        cluster.Pooling = false;
        try
        {
            await using var source = NpgsqlDataSource.Create(DatabaseTls.ByDefault(cluster.ConnectionString + more));
            await using var command = source.CreateCommand("select 1");
            return (int)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }
        finally
        {
            listener.Stop();
            await serving;
        }
    }

    // The test run's PostgreSQL, which listens on a socket alone, behind TLS: what a server with ssl = on does.
    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate, string socket)
    {
        try
        {
            using var client = await listener.AcceptTcpClientAsync();
            await using var plain = client.GetStream();
            var request = new byte[8];
            await plain.ReadExactlyAsync(request);
            await plain.WriteAsync("S"u8.ToArray());
            await using var tls = new SslStream(plain);
            await tls.AuthenticateAsServerAsync(certificate);
            using var server = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await server.ConnectAsync(new UnixDomainSocketEndPoint(socket));
            await using var inner = new NetworkStream(server);
            await Task.WhenAny(tls.CopyToAsync(inner), inner.CopyToAsync(tls));
        }
        catch (Exception e) when (e is IOException or AuthenticationException or SocketException or ObjectDisposedException)
        {
            // The client hung up.
        }
    }

    private static X509Certificate2 CertificateFor(string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
    }
}
