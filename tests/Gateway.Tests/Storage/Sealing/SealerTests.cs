using System.Security.Cryptography;
using System.Text;
using Gateway.Storage.Sealing;

namespace Gateway.Tests.Storage.Sealing;

[Trait("Requirement", "P-5.3")]
public sealed class SealerTests
{
    private static readonly byte[] Old = RandomNumberGenerator.GetBytes(32);
    private static readonly byte[] New = RandomNumberGenerator.GetBytes(32);
    private readonly Sealer sealer = new(MasterKeys.Of(Old));

    [Theory]
    [InlineData("")]
    [InlineData("a secret")]
    public void Sealed_value_opens_with_its_purpose_and_context_only(string text)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var sealedValue = sealer.Seal("purpose", plain, "row 1");

        Assert.Equal(plain, sealer.Open("purpose", sealedValue, "row 1"));
        Assert.False(sealer.TryOpen("another purpose", sealedValue, out _, "row 1"));
        Assert.False(sealer.TryOpen("purpose", sealedValue, out _, "row 2"));
        Assert.False(sealer.TryOpen("purpose", sealedValue, out _));
        Assert.False(new Sealer(MasterKeys.Of(New)).TryOpen("purpose", sealedValue, out _, "row 1"));
    }

    [Fact]
    public void Value_altered_in_any_bit_does_not_open()
    {
        var sealedValue = sealer.Seal("purpose", "a secret"u8);
        for (var i = 0; i < sealedValue.Length; i++)
        {
            sealedValue[i] ^= 0x10;
            Assert.False(sealer.TryOpen("purpose", sealedValue, out var opened));
            Assert.Empty(opened);
            sealedValue[i] ^= 0x10;
        }

        for (var length = 0; length < sealedValue.Length; length++)
            Assert.False(sealer.TryOpen("purpose", sealedValue.AsSpan(0, length), out _));
    }

    [Fact]
    public void Equal_values_do_not_look_equal_when_sealed() => Assert.NotEqual(sealer.Seal("purpose", "a"u8), sealer.Seal("purpose", "a"u8));

    [Fact]
    public void After_a_rotation_the_new_key_seals_and_the_old_one_still_opens()
    {
        var before = sealer.Seal("purpose", "a secret"u8);
        var rotated = new Sealer(MasterKeys.Of(New, Old));
        var after = rotated.Seal("purpose", "a secret"u8);

        Assert.Equal("a secret"u8.ToArray(), rotated.Open("purpose", before));
        Assert.Equal("a secret"u8.ToArray(), new Sealer(MasterKeys.Of(New)).Open("purpose", after));
        Assert.False(sealer.TryOpen("purpose", after, out _));
    }

    [Fact]
    public void Value_under_a_lost_key_says_what_to_look_for()
    {
        var lost = Assert.Throws<CryptographicException>(() => new Sealer(MasterKeys.Of(New)).Open("purpose", sealer.Seal("purpose", "a secret"u8)));
        Assert.Contains("Gateway__MasterKeyFile", lost.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("AAAA")]
    [InlineData("====")]
    [InlineData("not base64 at all")]
    [InlineData("ÄÖÜ\0\uD800")]
    [InlineData("AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Garbage_does_not_open_and_never_throws(string text) => Assert.False(sealer.TryOpenText("purpose", text, out _));

    [Fact]
    public void Text_of_any_length_does_not_throw()
    {
        for (var length = 0; length < 300; length++)
            Assert.False(sealer.TryOpenText("purpose", new string('_', length), out _));
        Assert.False(sealer.TryOpenText("purpose", new string('A', 20_000), out _));
    }

    [Fact]
    public void Text_form_comes_back() => Assert.True(sealer.TryOpenText("purpose", sealer.SealText("purpose", "a"u8), out var plain) && plain is [(byte)'a']);

    [Fact]
    public void Fingerprint_matches_under_each_accepted_key_and_its_purpose_only()
    {
        var fingerprint = sealer.Fingerprint("secret", "a secret"u8);

        Assert.True(new Sealer(MasterKeys.Of(New, Old)).FingerprintMatches("secret", "a secret"u8, fingerprint));
        Assert.False(new Sealer(MasterKeys.Of(New)).FingerprintMatches("secret", "a secret"u8, fingerprint));
        Assert.False(sealer.FingerprintMatches("another", "a secret"u8, fingerprint));
        Assert.False(sealer.FingerprintMatches("secret", "another secret"u8, fingerprint));
        Assert.False(sealer.FingerprintMatches("secret", "a secret"u8, []));
    }
}
