using System.Text;
using System.Text.Json;
using Lti.Messages;

namespace Lti.Tests.Messages;

[Trait("Requirement", "P-1.1")]
public sealed class OpaqueIdentifierTests
{
    private static readonly OpaqueIdentifier Id = OpaqueIdentifier.FromUtf8("canary-4711"u8);

    [Fact]
    public void Identifier_never_shows_itself()
    {
        Assert.Equal("(withheld)", Id.ToString());
        Assert.Equal("(withheld)", $"{Id}");
        Assert.Equal("\"(withheld)\"", JsonSerializer.Serialize(Id));
        Assert.Equal("""{"Id":"(withheld)"}""", JsonSerializer.Serialize(new { Id }));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Deserialize<OpaqueIdentifier>("\"x\""));
    }

    [Fact]
    public void Identifiers_compare_only_when_asked_to()
    {
        var same = OpaqueIdentifier.FromUtf8("canary-4711"u8);
        Assert.False(Id.Equals(same));
        Assert.True(Id.IsSameAs(same));
        Assert.False(Id.IsSameAs(OpaqueIdentifier.FromUtf8("canary-4712"u8)));
    }

    [Fact]
    public void Bytes_leave_through_one_member_only()
    {
        Assert.Equal("canary-4711", Encoding.UTF8.GetString(Id.ExposeUtf8()));
        Assert.Throws<ArgumentException>(() => OpaqueIdentifier.FromUtf8([]));
        Assert.Empty(typeof(OpaqueIdentifier).GetProperties());
    }
}
