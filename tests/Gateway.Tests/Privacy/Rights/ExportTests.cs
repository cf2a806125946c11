using System.IO.Compression;
using System.Text.Json;
using Gateway.Privacy;
using Gateway.Storage;
using Gateway.Tests.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Tests.Privacy.Rights;

[Collection(RightsStage.Name)]
[Trait("Requirement", "P-3.6")]
public sealed class ExportTests(EngineStage stage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Export_has_every_row_of_every_table_of_the_district_and_of_no_other()
    {
        await stage.LaunchAsync("student-1");
        var (archive, exported) = await ExportAsync();

        using var context = new GatewayDbContext(GatewayDatabase.Options((NpgsqlDataSource)stage.Stage.Services.GetService(typeof(NpgsqlDataSource))!));
        var tables = context.Model.GetEntityTypes().Where(entity => entity.GetTableName() == "district" || entity.FindProperty("DistrictId") is not null).ToList();
        Assert.Equal(tables.Select(table => table.GetTableName() + ".csv").Append("export.json").Order(StringComparer.Ordinal), archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        foreach (var table in tables)
        {
            var (name, key) = (table.GetTableName()!, table.GetTableName() == "district" ? "id" : "district_id");
            var rows = await stage.Stage.Database.AskAsync<long>($"select count(*) from gateway.{name} where {key} = {stage.District}");
            // The export itself is an entry of the audit trail, behind the moment that was exported.
            Assert.Equal((name, name == "audit_entry" ? rows - 1 : rows), (name, exported.Rows[name]));
            var csv = await ReadAsync(archive, $"{name}.csv");
            Assert.Equal(exported.Rows[name] + 1, Records(csv).Count);
            Assert.EndsWith("\r\n", csv, StringComparison.Ordinal);
            Assert.Equal(
                table.GetProperties().Select(property => property.GetColumnName()).Where(column => !column.StartsWith("sealed", StringComparison.Ordinal)), Records(csv)[0].Split(','));
        }
    }

    [Fact]
    public async Task Secrets_are_left_out_and_listed()
    {
        var (archive, exported) = await ExportAsync();
        Assert.Equal(
            ["district_contact.sealed_address", "district_key.sealed_key", "legacy_consumer.sealed_secret", "roster_source.sealed_secret", "score_delivery.sealed_score"], exported.LeftOut);
        var manifest = JsonDocument.Parse(await ReadAsync(archive, "export.json")).RootElement;
        Assert.Equal(exported.LeftOut, manifest.GetProperty("leftOut").EnumerateArray().Select(one => one.GetProperty("column").GetString()));
        foreach (var entry in archive.Entries)
            Assert.DoesNotContain("sealed_", entry.FullName == "export.json" ? "" : await ReadAsync(archive, entry.FullName), StringComparison.Ordinal);
        // What is sealed is called so: nothing else in the schema that could hold a secret is bytes.
        Assert.Equal(
            ["audit_entry.hash", "audit_entry.previous", "audit_head.hash", "audit_head.seal", "roster_held.bytes", "roster_run.digest"],
            await stage.Stage.Database.AskAsync<string[]>("""
                select array_agg(c.table_name || '.' || c.column_name order by c.table_name, c.column_name) from information_schema.columns c
                where c.table_schema = 'gateway' and c.data_type = 'bytea' and c.column_name not like 'sealed%'
                  and exists (select from information_schema.columns d where d.table_schema = 'gateway' and d.table_name = c.table_name and d.column_name = 'district_id')
                """));
    }

    [Fact]
    public async Task Values_with_quotes_commas_and_line_breaks_come_as_RFC_4180_has_them()
    {
        await stage.Stage.Database.ExecuteAsync("update gateway.district set name = E'One, \"two\"\nthree' where id = " + stage.District);
        var (archive, _) = await ExportAsync();
        await stage.Stage.Database.ExecuteAsync("update gateway.district set name = 'Test District' where id = " + stage.District);

        Assert.Contains(",\"One, \"\"two\"\"\nthree\",", await ReadAsync(archive, "district.csv"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Requirement", "T-16")]
    public async Task Value_that_a_spreadsheet_would_calculate_is_marked()
    {
        await stage.Stage.Database.ExecuteAsync("update gateway.district set name = '=1+1' where id = " + stage.District);
        var (archive, _) = await ExportAsync();
        await stage.Stage.Database.ExecuteAsync("update gateway.district set name = 'Test District' where id = " + stage.District);

        Assert.Contains(",'=1+1,", await ReadAsync(archive, "district.csv"), StringComparison.Ordinal);
    }

    private async Task<(ZipArchive Archive, ExportedDistrict Exported)> ExportAsync()
    {
        var bytes = new MemoryStream();
        var exported = await stage.Get<ExportDistrict>().RunAsync(stage.District(), bytes, Cancellation);
        bytes.Position = 0;
        return (new ZipArchive(bytes, ZipArchiveMode.Read), exported);
    }

    private static async Task<string> ReadAsync(ZipArchive archive, string name)
    {
        using var reader = new StreamReader(await archive.GetEntry(name)!.OpenAsync(Cancellation));
        return await reader.ReadToEndAsync(Cancellation);
    }

    // Split where a line ends outside of quotes.
    private static List<string> Records(string csv)
    {
        var (records, begin, quoted) = (new List<string>(), 0, false);
        for (var i = 0; i < csv.Length; i++)
        {
            if (csv[i] == '"')
                quoted = !quoted;
            if (quoted || csv[i] != '\n')
                continue;
            Assert.Equal('\r', csv[i - 1]);
            records.Add(csv[begin..(i - 1)]);
            begin = i + 1;
        }

        return records;
    }
}
