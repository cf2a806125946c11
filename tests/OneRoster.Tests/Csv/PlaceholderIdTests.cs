using OneRoster.Model;
using OneRoster.Rest;
using OneRoster.Tests.Rest;
using OneRoster.Validation;

namespace OneRoster.Tests.Csv;

/// <summary>A person's id that is nobody's costs the row, in files and over REST: taken as an id, it would make many people one.</summary>
[Trait("Requirement", "T-3")]
public sealed class PlaceholderIdTests : IDisposable
{
    private static readonly string[] Nobodys = ["null", "NULL", "0", "00000", "-", "n/a", "None", "undefined", "$Person.sourcedId", "\u00a0", "\u200b"];
    private readonly TemporaryFolder temporary = new();
    private readonly Observer observer = new();

    public void Dispose() => temporary.Dispose();

    [Fact]
    public async Task Row_of_a_file_without_a_persons_own_id_is_a_finding_and_not_taken()
    {
        var files = District.Csv12();
        foreach (var id in Nobodys)
        {
            files["users.csv"] += $"{id},,,true,x,,x,x,,,,,,,,,,,,,s1,,\n";
            files["roles.csv"] += $"r-of,,,{id},primary,student,,,s1,\n";
            files["enrollments.csv"] += $"e-of,,,k1,s1,{id},student,,,\n";
        }

        await using var source = Opening.MustOpen(temporary.Zip(files));
        var rows = await source.ReadAllAsync(observer);

        Assert.Equal(["u1", "u2", "u3"], rows.OfType<User>().Select(user => user.Id.ExposeText()));
        Assert.Equal(4, rows.OfType<UserRole>().Count());
        Assert.Equal(3, rows.OfType<Enrollment>().Count());
        Assert.Equal(Nobodys.Length * 3, observer.Findings.Count);
        Assert.All(observer.Findings, finding => Assert.Equal((RosterRules.IdPlaceholder, FindingSeverity.RowDropped), (finding.Rule, finding.Severity)));
    }

    [Fact]
    public async Task Master_identifier_that_is_nobodys_costs_the_value_alone()
    {
        var files = District.Csv12();
        files["users.csv"] = files["users.csv"].Replace(",m1,", ",N/A,", StringComparison.Ordinal);

        await using var source = Opening.MustOpen(temporary.Zip(files));
        var rows = await source.ReadAllAsync(observer);

        Assert.Equal(3, rows.OfType<User>().Count());
        Assert.All(rows.OfType<User>(), user => Assert.Null(user.MasterIdentifier));
        var found = Assert.Single(observer.Findings);
        Assert.Equal((RosterRules.IdPlaceholder, FindingSeverity.ValueDropped), (found.Rule, found.Severity));
    }

    [Fact]
    public async Task Ids_of_schools_and_classes_may_be_what_they_are()
    {
        var files = District.Csv12();
        files["orgs.csv"] += "0,,,Zero School,school,,\n";

        await using var source = Opening.MustOpen(temporary.Zip(files));
        var rows = await source.ReadAllAsync(observer);

        Assert.Contains(rows.OfType<Org>(), org => org.Id.ExposeText() == "0");
        Assert.Empty(observer.Findings);
    }

    [Fact]
    public async Task Person_of_a_server_without_an_own_id_is_a_finding_and_not_taken()
    {
        await using var server = await FakeOneRosterServer.StartAsync(District.Rest12());
        server.Collections["users"] =
        [
            .. Nobodys.Select(id => $$"""{"sourcedId":"{{id}}","enabledUser":true,"roles":[{"org":{"sourcedId":"s1"},"role":"student","roleType":"primary"}]}"""),
            """{"sourcedId":"u1","enabledUser":true,"userMasterIdentifier":"none","roles":[{"org":{"sourcedId":"s1"},"role":"student","roleType":"primary"}]}""",
        ];
        server.Collections["enrollments"] =
            ["""{"sourcedId":"e1","user":{"sourcedId":"null"},"class":{"sourcedId":"k1"},"school":{"sourcedId":"s1"},"role":"student"}"""];
        using var http = new HttpClient();
        var rows = await new RestRosterSource(
            new RestRosterSourceOptions(OneRosterVersion.V1P2, server.Url, server.TokenUrl, "gateway", "s:cret"), http, new SkippingTime(), new CapturingLog()).ReadAllAsync(observer);

        Assert.Equal("u1", Assert.Single(rows.OfType<User>()).Id.ExposeText());
        Assert.Equal("u1", Assert.Single(rows.OfType<UserRole>()).User.ExposeText());
        Assert.Empty(rows.OfType<Enrollment>());
        Assert.Equal(Nobodys.Length + 2, observer.Findings.Count(finding => finding.Rule == RosterRules.IdPlaceholder));
    }
}
