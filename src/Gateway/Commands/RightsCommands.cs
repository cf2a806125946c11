using System.CommandLine;
using System.Globalization;
using Gateway.Privacy;
using Gateway.Rostering;

namespace Gateway.Commands;

/// <summary><c>privacy access|correct|erase|block|unblock|export</c>: what people may ask of their district (P-3).</summary>
internal static class RightsCommands
{
    public static IEnumerable<Command> All() => [Access(), Correct(), Erase(), Block(), Unblock(), Export(), CertificateCommand.Certificate()];

    private static Command Access()
    {
        var person = new PersonOptions();
        var folder = new Option<string>("--out") { Description = "A folder for the same as files: one JSON, and a CSV for each table.", HelpName = "DIR" };
        return person.AddTo(new Command("access", "Everything that is held of a person.") { DistrictCommands.District, folder }).RunsForDistrict(async (invocation, district) =>
        {
            var id = await person.ReadAsync(invocation);
            if (!id.Succeeded)
                return invocation.Output.Failed(id.Failures);
            var report = await invocation.Get<AccessPerson>().RunAsync(district, id.Value, invocation.Cancellation);
            if (!report.Succeeded)
                return invocation.Output.Failed(report.Failures);
            var json = report.Value.ToJson();
            if (invocation.Parsed.GetValue(folder) is { } path)
                await WriteAsync(path, report.Value, invocation.Cancellation);
            return invocation.Output.Done(json, invocation.Parsed.GetValue(folder) is { } written
                ? [$"Written to {written}.", .. report.Value.Tables.Select(table => $"{table.Key,-18} {table.Value.Count}")]
                : [json.ToJsonString(new() { WriteIndented = true })]);
        });
    }

    private static Command Correct() => new Command("correct", "What came from the roster is corrected in the student information system; asks for a roster run.") { DistrictCommands.District }
        .RunsForDistrict(async (invocation, district) =>
        {
            const string how = "Role, grades, classes and dates come from the roster: correct them in the student information system. Nothing is corrected here, because the next run would undo it.";
            var queued = await invocation.Get<IRosterSchedules>().RunNowAsync(district.Id, invocation.Cancellation);
            return invocation.Output.Done(new { how, queued }, how, queued
                ? "A roster run is asked for: a gateway that serves begins it within seconds."
                : "This district has no roster: what is held came from launches, and the next launch corrects it.");
        });

    private static Command Erase()
    {
        var person = new PersonOptions();
        var block = new Option<bool>("--block") { Description = "Keep the person out from now on, too." };
        var reason = new Option<string>("--reason") { Description = "request or objection; default: request.", HelpName = "request|objection", DefaultValueFactory = _ => ErasePerson.Request };
        reason.AcceptOnlyFromAmong(ErasePerson.Request, ErasePerson.Objection);
        return person.AddTo(new Command("erase", "Erase a person: record, links, launches and pending scores; engines have to confirm.") { DistrictCommands.District, block, reason })
            .RunsForDistrict(async (invocation, district) =>
            {
                var id = await person.ReadAsync(invocation);
                if (!id.Succeeded)
                    return invocation.Output.Failed(id.Failures);
                var erased = await invocation.Get<ErasePerson>().RunAsync(
                    district, id.Value, invocation.Parsed.GetValue(block), invocation.Parsed.GetValue(reason)!, invocation.Cancellation);
                return erased.Succeeded ? Done(invocation, district.Slug, erased.Value, invocation.Parsed.GetValue(block)) : invocation.Output.Failed(erased.Failures);
            });
    }

    private static Command Block()
    {
        var person = new PersonOptions();
        return person.AddTo(new Command("block", "Stop processing a person: what is held goes, later launches are refused, roster rows are not stored.") { DistrictCommands.District })
            .RunsForDistrict(async (invocation, district) =>
            {
                var id = await person.ReadAsync(invocation);
                if (!id.Succeeded)
                    return invocation.Output.Failed(id.Failures);
                var blocked = await invocation.Get<ErasePerson>().RunAsync(district, id.Value, block: true, ErasePerson.Objection, invocation.Cancellation);
                return blocked.Succeeded ? Done(invocation, district.Slug, blocked.Value, isBlocked: true) : invocation.Output.Failed(blocked.Failures);
            });
    }

    private static Command Unblock()
    {
        var person = new PersonOptions();
        return person.AddTo(new Command("unblock", "Let a person in again.") { DistrictCommands.District }).RunsForDistrict(async (invocation, district) =>
        {
            var id = await person.ReadAsync(invocation);
            if (!id.Succeeded)
                return invocation.Output.Failed(id.Failures);
            var unblocked = await invocation.Get<BlockedPeople>().UnblockAsync(district, id.Value, invocation.Cancellation);
            return unblocked.Succeeded
                ? invocation.Output.Done(new { pseudonyms = unblocked.Value }, "Not blocked any more. What was erased stays erased; the next launch or roster begins anew.")
                : invocation.Output.Failed(unblocked.Failures);
        });
    }

    private static Command Export()
    {
        var file = new Option<string>("--out") { Description = "The archive to write; it must not exist.", HelpName = "FILE.zip", Required = true };
        return new Command("export", "Everything of a district as CSV, in one archive.") { DistrictCommands.District, file }.RunsForDistrict(async (invocation, district) =>
        {
            var path = invocation.Parsed.GetValue(file)!;
            try
            {
                var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
                if (!OperatingSystem.IsWindows())
                    options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                await using var archive = new FileStream(path, options);
                var exported = await invocation.Get<ExportDistrict>().RunAsync(district, archive, invocation.Cancellation);
                return invocation.Output.Done(new { file = path, exported.Rows, exported.LeftOut }, string.Create(CultureInfo.InvariantCulture,
                    $"{path}: {exported.Rows.Count} tables, {exported.Rows.Values.Sum()} rows. Left out, because sealed: {string.Join(", ", exported.LeftOut)}."));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return invocation.Output.Failed([new("command.file_unwritable", "The archive cannot be written: --out must name a file that does not exist, in a folder that does.")]);
            }
        });
    }

    private static int Done(Invocation invocation, string slug, ErasedPerson erased, bool isBlocked)
    {
        var lines = new List<string>();
        if (erased.Erasure is { } erasure)
        {
            lines.Add($"Erased: {string.Join(", ", erased.Counts.Select(count => string.Create(CultureInfo.InvariantCulture, $"{count.Key} {count.Value}")))}.");
            lines.Add($"Certificate: gateway privacy certificate {slug} --erasure {erasure}");
        }
        else
        {
            lines.Add("Nothing was held of this person.");
        }

        lines.Add(isBlocked
            ? "Blocked: later launches are refused, and roster rows are not stored."
            : "A person who comes back by a launch or on a roster is a new learner; --block keeps a person out.");
        return invocation.Output.Done(new { erasure = erased.Erasure, deleted = erased.Counts, certificate = erased.Certificate, blocked = isBlocked }, lines);
    }

    private static async Task WriteAsync(string folder, AccessReport report, CancellationToken cancellation)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "access.json"), report.ToJson().ToJsonString(new() { WriteIndented = true }), cancellation);
        foreach (var (table, rows) in report.Tables)
            await File.WriteAllTextAsync(Path.Combine(folder, $"{table}.csv"), AccessReport.CsvOf(AccessPerson.Columns[table], rows), cancellation);
    }
}
