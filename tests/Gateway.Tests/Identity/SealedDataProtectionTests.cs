using System.Text;
using Gateway.Storage.Sealing;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;

namespace Gateway.Tests.Identity;

public sealed class SealedDataProtectionTests(DatabaseOfClass fixture) : ClearedDatabase(fixture)
{
    [Fact]
    public async Task What_one_replica_protects_another_opens()
    {
        await using var one = IdentityHost.Build(Database, TimeProvider.System);
        var text = Protector(one).Protect("a value");
        await using var two = IdentityHost.Build(Database, TimeProvider.System);

        Assert.Equal("a value", Protector(two).Unprotect(text));
        Assert.Equal(1, await Database.AskAsync<long>("select count(*) from gateway.data_protection_key"));
    }

    [Fact, Trait("Requirement", "P-5.3")]
    public async Task Data_protection_key_is_not_in_plain_in_the_table()
    {
        await using var app = IdentityHost.Build(Database, TimeProvider.System);
        Protector(app).Protect("a value");
        var stored = await Database.AskAsync<byte[]>("select sealed_xml from gateway.data_protection_key");

        var plain = Encoding.UTF8.GetString(new Sealer(Database.MasterKeys).Open("data protection key", stored));
        Assert.Contains("<masterKey", plain, StringComparison.Ordinal);
        var text = Encoding.Latin1.GetString(stored);
        Assert.DoesNotContain("<key", text, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", text, StringComparison.OrdinalIgnoreCase);
        var secret = plain[(plain.IndexOf("<value>", StringComparison.Ordinal) + 7)..plain.IndexOf("</value>", StringComparison.Ordinal)];
        Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        Assert.Equal(-1, stored.AsSpan().IndexOf(Convert.FromBase64String(secret)));
    }

    private static IDataProtector Protector(Microsoft.AspNetCore.Builder.WebApplication app) =>
        app.Services.GetRequiredService<IDataProtectionProvider>().CreateProtector("test");
}
