using Gateway.Storage;
using Npgsql;

namespace Gateway.Tests.Storage;

public sealed class DatabaseTlsTests
{
    [Theory]
    [Trait("Requirement", "P-5.3")]
    [InlineData("Host=db.example.org;Database=gateway;Username=owner", SslMode.Require)]
    [InlineData("Host=192.0.2.7;Username=owner", SslMode.Require)]
    [InlineData("Host=127.0.0.1,db.example.org;Username=owner", SslMode.Require)]
    [InlineData("Host=localhost.example.org;Username=owner", SslMode.Require)]
    [InlineData("Host=127.0.0.1;Username=owner", SslMode.Prefer)]
    [InlineData("Host=::1;Username=owner", SslMode.Prefer)]
    [InlineData("Host=localhost;Username=owner", SslMode.Prefer)]
    [InlineData("Host=/var/run/postgresql;Username=owner", SslMode.Prefer)]
    [InlineData("Host=db.example.org;SSL Mode=VerifyFull", SslMode.VerifyFull)]
    [InlineData("Host=db.example.org;SslMode=Disable", SslMode.Disable)]
    public void Database_on_another_machine_is_spoken_to_over_tls_unless_told_otherwise(string given, SslMode expected) =>
        Assert.Equal(expected, new NpgsqlConnectionStringBuilder(DatabaseTls.ByDefault(given)).SslMode);
}
