using Gateway.Privacy;
using Gateway.Privacy.Disclosure;
using Gateway.Privacy.Rosters;
using Gateway.Storage;
using Gateway.Tests.Storage;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Tests.Privacy.Disclosure;

[Trait("Requirement", "P-4.1")]
public sealed class ProcessingRecordTests(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    [Fact]
    public void Every_column_of_the_model_is_in_the_record_and_no_other()
    {
        using var context = new GatewayDbContext(GatewayDatabase.Options(migrated.Application));
        var columns = context.Model.GetEntityTypes().SelectMany(entity => entity.GetProperties().Select(property => $"{entity.GetTableName()}.{property.GetColumnName()}"));
        var recorded = ProcessingRecord.Of(PrivacyPolicy.Product).Kept.SelectMany(table => table.Columns.SelectMany(each => each.Names).Select(column => $"{table.Table}.{column}"));

        Assert.Equal(columns.Order(StringComparer.Ordinal), recorded.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_table_says_why_for_whom_and_when_it_is_deleted() => Assert.All(ProcessingRecord.Of(PrivacyPolicy.Product).Kept, table =>
    {
        Assert.NotEmpty(table.Deleted);
        Assert.All(table.Deleted, until => Assert.True(until.When.Length > 5, table.Table));
        Assert.All([table.Title, table.Purpose, table.Recipients], text => Assert.True(text.Length > 5, table.Table));
        Assert.All(table.Columns, columns => Assert.True(columns.What.Length > 5, table.Table));
    });

    [Fact]
    public void Everything_about_a_child_has_a_rule_of_retention_or_goes_on_request_or_with_the_district()
    {
        foreach (var table in RecordedTables.All.Where(table => table.About == Subject.Child).Select(KeptData.Of))
            Assert.Contains(table.Deleted, until => until.Requirement is not null || until.When.Contains("P-2.8", StringComparison.Ordinal));
    }

    [Fact]
    public void Every_field_of_the_allow_lists_is_in_it()
    {
        var read = ProcessingRecord.Of(PrivacyPolicy.Product).Read;

        Assert.Equal(LaunchAllowList.Claims.Count, read.Count(field => field.Source == "launch"));
        Assert.Equal(
            RosterAllowList.Fields.Count + RosterAllowList.OnDemand.Count + RosterAllowList.Switched.Count, read.Count(field => field.Source == "roster"));
        Assert.Equal(SharedFields.All, read.Where(field => field.Source == "given").Select(field => field.Field));
    }
}
