using System.Text.Json;
using OneRoster.Model;

namespace OneRoster.Tests.Model;

[Trait("Requirement", "P-1.1")]
public sealed class WithheldTests
{
    [Fact]
    public void Ids_and_rows_neither_print_nor_format_nor_serialise()
    {
        Assert.True(SourcedId.TryCreate("canary-1"u8, out var id));
        Assert.True(UserMasterIdentifier.TryCreate("canary-2"u8, out var master));
        Assert.True(UserIdentifier.TryCreate("canary-4"u8, out var number));
        var user = new User(id, RosterStatus.Active, true, master, ["canary-3"], id, number);
        Assert.DoesNotContain("canary", $"{id} {master} {number} {user}", StringComparison.Ordinal);
        Assert.Equal("{}", JsonSerializer.Serialize(number));
        Assert.Equal("{}", JsonSerializer.Serialize(id));
        Assert.Equal("{}", JsonSerializer.Serialize(master));
        Assert.Equal("canary-1", id.ExposeText());
    }

    [Fact]
    public void Ids_are_equal_by_content()
    {
        Assert.True(SourcedId.TryCreate("a"u8, out var one));
        Assert.True(SourcedId.TryCreate("a"u8, out var same));
        Assert.True(SourcedId.TryCreate("b"u8, out var other));
        Assert.Equal(one, same);
        Assert.Equal(one.GetHashCode(), same.GetHashCode());
        Assert.NotEqual(one, other);
        Assert.False(SourcedId.TryCreate(""u8, out _));
        Assert.False(SourcedId.TryCreate(new byte[256], out _));
    }

    [Fact]
    [Trait("Requirement", "P-1.5")]
    public void No_model_row_has_a_place_for_personal_data()
    {
        string[] names = ["given", "family", "email", "username", "password", "phone", "sms", "birth", "middle", "preferred", "gender", "race"];
        var properties = typeof(RosterRow).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RosterRow))).SelectMany(type => type.GetProperties());
        Assert.All(properties, property => Assert.DoesNotContain(names, name => property.Name.Contains(name, StringComparison.OrdinalIgnoreCase)));
    }
}
