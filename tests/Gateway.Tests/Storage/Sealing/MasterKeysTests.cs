using System.Security.Cryptography;
using Gateway.Storage.Sealing;

namespace Gateway.Tests.Storage.Sealing;

[Trait("Requirement", "P-5.3")]
public sealed class MasterKeysTests
{
    private static readonly string One = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
    private static readonly string Two = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    [Fact]
    public void First_line_is_current_and_the_others_are_older()
    {
        var keys = MasterKeys.Parse($"{One}\r\n\n  {Two}  \n").Keys!;

        Assert.Equal(Convert.FromBase64String(One), keys.Current.Key);
        Assert.Equal([Convert.FromBase64String(One), Convert.FromBase64String(Two)], keys.All.Select(k => k.Key));
        Assert.Equal(Convert.FromBase64String(Two), keys.Find(keys.All[1].Id));
        Assert.Null(keys.Find(keys.All[0].Id ^ keys.All[1].Id ^ 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\r\n")]
    [InlineData("not base64")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("# a comment")]
    public void Text_that_holds_no_key_says_how_to_make_one(string text)
    {
        var outcome = MasterKeys.Parse(text);

        Assert.Null(outcome.Keys);
        Assert.Contains("openssl rand -base64 32", outcome.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Bad_line_is_named_by_its_number_and_not_quoted()
    {
        var problem = MasterKeys.Parse($"{One}\nAAAASECRET\n").Problem!;

        Assert.Contains("line 2", problem, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Key_of_another_length_is_refused() => Assert.Throws<ArgumentException>(() => MasterKeys.Of(new byte[16]));
}
