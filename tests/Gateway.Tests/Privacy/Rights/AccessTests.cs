using Gateway.Privacy;
using Gateway.Privacy.Rights;
using Gateway.Stage;
using Gateway.Storage;
using Gateway.Tests.Engine;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Tests.Privacy.Rights;

[Collection(RightsStage.Name)]
[Trait("Requirement", "P-3.1")]
public sealed class AccessTests(EngineStage stage)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_table_and_column_that_refers_to_a_learner_is_given_or_withheld_by_name()
    {
        using var context = new GatewayDbContext(GatewayDatabase.Options(stage.Stage.Services.GetService(typeof(NpgsqlDataSource)) as NpgsqlDataSource ?? throw new InvalidOperationException()));
        var given = PersonTables.All.ToDictionary(table => table.Name);
        foreach (var entity in context.Model.GetEntityTypes())
        {
            var (name, columns) = (entity.GetTableName()!, entity.GetProperties().Select(property => property.GetColumnName()).ToList());
            if (name != "learner" && name != "change" && !columns.Any(column => column.Contains("learner", StringComparison.Ordinal)))
                continue;
            if (PersonTables.OfNobody.ContainsKey(name))
                continue;
            Assert.True(given.TryGetValue(name, out var table), $"{name} refers to a learner and is not in PersonTables");
            Assert.Equal(columns.Order(StringComparer.Ordinal), table.Given.Concat(table.Withheld).Order(StringComparer.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_given_is_what_stands_in_every_table()
    {
        var learner = await stage.LaunchAsync("student-1");
        await stage.LaunchAsync("student-1");
        await stage.Engine.PostScoreAsync(new(await stage.Stage.ScoreTicketAsync("student-1", stage.Engine), 1, 1), Guid.CreateVersion7().ToString());

        var report = (await stage.Get<AccessPerson>().RunAsync(stage.District(), await stage.OfLmsAsync("student-1"), Cancellation)).Value;

        var rows = await stage.RowsOfAsync(learner);
        Assert.Equal(rows.Where(row => row.Key != "erasure").OrderBy(row => row.Key, StringComparer.Ordinal), report.Tables.Select(table => KeyValuePair.Create(table.Key, (long)table.Value.Count)).OrderBy(row => row.Key, StringComparer.Ordinal));
        Assert.Equal("student", report.Tables["learner"][0]!["role"]!.GetValue<string>());
        Assert.Equal(stage.Stage.LmsUrl, report.Tables["launch"][0]!["platform"]!.GetValue<string>());
        var everything = report.ToJson().ToJsonString() + string.Concat(report.Tables.Select(table => AccessReport.CsvOf(AccessPerson.Columns[table.Key], table.Value)));
        Assert.DoesNotContain(stage.Stage.PersonOf("student-1").UserId, everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Somebody_of_the_roster_is_found_by_the_sourcedId_with_classes()
    {
        var report = (await stage.Get<AccessPerson>().RunAsync(stage.District(), Rights.OfSis("student-4"), Cancellation)).Value;

        Assert.Equal(2, report.Tables["enrollment"].Count);
        Assert.All(report.Tables["enrollment"], row => Assert.Equal("scheduled", row!["class_kind"]!.GetValue<string>()));
        Assert.Equal("kind,key_version,registration_id\r\n2,1,\r\n", AccessReport.CsvOf(AccessPerson.Columns["learner_identity"], report.Tables["learner_identity"]));
        Assert.Equal("person.accessed", (await stage.AuditAsync(1))[0].Action);
    }

    [Fact]
    public async Task Somebody_of_whom_nothing_is_held_is_unknown_and_the_entered_id_is_nowhere()
    {
        var answer = await stage.Get<AccessPerson>().RunAsync(stage.District(), Rights.OfSis("canary-entered-id"), Cancellation);

        Assert.Equal("person.unknown", Assert.Single(answer.Failures).Code);
        Assert.Equal("platform.unknown", Assert.Single((await stage.Get<AccessPerson>().RunAsync(
            stage.District(), PersonId.Read("canary-entered-id"u8, 999_999).Value, Cancellation)).Failures).Code);
        Assert.Equal(nameof(PersonId), Rights.OfSis("canary-entered-id").ToString());
        Assert.DoesNotContain("canary-entered-id", string.Join('\n', stage.Stage.Log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Command_reads_the_id_from_standard_input_or_a_file_and_writes_json_and_csv()
    {
        var folder = Directory.CreateTempSubdirectory("gateway-access-").FullName;
        var file = Path.Combine(folder, "id");
        await File.WriteAllTextAsync(file, "student-5\n", Cancellation);

        var ended = await InProcessCommand.RunAsync(stage.Stage.EnvironmentSettings(), "privacy", "access", TestStage.DistrictSlug, "--sis-id-file", file, "--out", Path.Combine(folder, "out"));

        Assert.Equal((0, ""), (ended.ExitCode, ended.Error));
        Assert.Equal(
            ["access.json", "change.csv", "enrollment.csv", "launch.csv", "learner.csv", "learner_conflict.csv", "learner_identity.csv", "learner_join.csv", "score_delivery.csv"],
            Directory.GetFiles(Path.Combine(folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.StartsWith("role,grades,first_seen", await File.ReadAllTextAsync(Path.Combine(folder, "out", "learner.csv"), Cancellation), StringComparison.Ordinal);

        var piped = await InProcessCommand.RunAsync(
            stage.Stage.EnvironmentSettings(), "student-5\n"u8.ToArray(), "privacy", "access", TestStage.DistrictSlug, "--sis-id-file", "-", "--out", Path.Combine(folder, "piped"));
        Assert.Equal((0, ""), (piped.ExitCode, piped.Error));
        Assert.Equal(
            await File.ReadAllTextAsync(Path.Combine(folder, "out", "learner.csv"), Cancellation), await File.ReadAllTextAsync(Path.Combine(folder, "piped", "learner.csv"), Cancellation));
        Directory.Delete(folder, recursive: true);
    }
}
