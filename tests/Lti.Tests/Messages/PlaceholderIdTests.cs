using System.Text;
using Lti.Messages;

namespace Lti.Tests.Messages;

[Trait("Requirement", "T-3")]
public sealed class PlaceholderIdTests
{
    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData(" \t\r\n")]
    [InlineData("\u00a0\u2003\u3000")]
    [InlineData("\u200b\ufeff")]
    [InlineData("0")]
    [InlineData(" 000 ")]
    [InlineData("0.0")]
    [InlineData("-1")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("null")]
    [InlineData("NULL")]
    [InlineData(" Null\u00a0")]
    [InlineData("(null)")]
    [InlineData("None")]
    [InlineData("<none>")]
    [InlineData("nil")]
    [InlineData("n/a")]
    [InlineData("N/A")]
    [InlineData("#N/A")]
    [InlineData("NA")]
    [InlineData("NaN")]
    [InlineData("undefined")]
    [InlineData("\"undefined\"")]
    [InlineData("Unknown")]
    [InlineData("[object Object]")]
    [InlineData("false")]
    [InlineData("-")]
    [InlineData("--")]
    [InlineData("\u2014")]
    [InlineData("?")]
    [InlineData("''")]
    [InlineData("{}")]
    [InlineData("$Person.sourcedId")]
    [InlineData(" $Person.sourcedId")]
    [InlineData("${Person.sourcedId}")]
    [InlineData("$Canvas.user.sisSourceId")]
    [InlineData("$")]
    [InlineData("oak-$Person.sourcedId")]
    [InlineData("12-$User.id")]
    [InlineData("@X@user.batch_uid@X@")]
    public void What_stands_for_nobody_is_no_id(string text) => Assert.True(PlaceholderId.Is(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("1")]
    [InlineData("10")]
    [InlineData("-5")]
    [InlineData("0001")]
    [InlineData("s-0")]
    [InlineData("null-7")]
    [InlineData("nullable")]
    [InlineData("nonesuch")]
    [InlineData("Nana")]
    [InlineData("a")]
    [InlineData("\u00e9")]
    [InlineData("\u4e00")]
    [InlineData("a$b")]
    [InlineData("jane@oak.example")]
    [InlineData("{3f2504e0-4f89-11d3-9a0c-0305e82c3301}")]
    [InlineData("n/a/7")]
    public void What_may_be_somebodys_id_is_one(string text) => Assert.False(PlaceholderId.Is(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Bytes_that_are_no_text_are_judged_and_do_not_throw()
    {
        Assert.True(PlaceholderId.Is([0xff, 0xfe]));
        Assert.False(PlaceholderId.Is([0xff, (byte)'a']));
    }
}
