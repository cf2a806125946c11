using System.Text.Json.Nodes;
using Gateway.Privacy.Rights;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;

namespace Gateway.Privacy;

/// <summary>Gives everything that is held of a person (P-3.1), read from one view of the database. The entered id is not stored.</summary>
internal sealed class AccessPerson(GatewayDatabase database, FindPerson find, AuditTrail trail, TimeProvider time)
{
    public static readonly Failure Unknown = new("person.unknown", "Nothing is held of a person with this id.");

    /// <summary>The columns of a table's CSV, in their order.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<string>> Columns { get; } = PersonTables.All.ToDictionary(
        table => table.Name, table => (IReadOnlyList<string>)[.. table.Given, .. table.Beside.Select(beside => beside.Name)], StringComparer.Ordinal);

    public async Task<Outcome<AccessReport>> RunAsync(District district, PersonId person, CancellationToken cancellation)
    {
        var hashes = await find.HashAsync(district.Id, person, cancellation);
        if (!hashes.Succeeded)
            return Outcome<AccessReport>.Failed(hashes.Failures);
        var report = await database.InSnapshotAsync<Outcome<AccessReport>>(district.Id, async session =>
        {
            var found = await FindPerson.FindAsync(session, hashes.Value, cancellation);
            var values = hashes.Value.Select(hash => hash.Hash).ToList();
            var blocked = await session.Model.BlockedPeople.Where(row => row.DistrictId == district.Id && values.Contains(row.Hash))
                .Select(row => (DateTimeOffset?)row.BlockedAt).FirstOrDefaultAsync(cancellation);
            if (found.Learner is null && blocked is null)
                return Unknown;
            var tables = new Dictionary<string, JsonArray>(StringComparer.Ordinal);
            foreach (var table in PersonTables.All)
                tables[table.Name] = found.Learner is { } learner ? await RowsAsync(session, table, learner, cancellation) : [];
            return new AccessReport(district.Slug, time.GetUtcNow(), tables, PersonTables.All.ToDictionary(table => table.Name, table => table.Withheld), blocked);
        }, cancellation);
        if (report.Succeeded)
            await database.InDistrictAsync(district.Id, session => trail.AppendAsync(session, AuditEntry.ByOperator("person.accessed"), cancellation), cancellation);
        return report;
    }

    private static async Task<JsonArray> RowsAsync(DistrictSession session, PersonTable table, long learner, CancellationToken cancellation)
    {
        var columns = string.Join(", ", table.Given.Select(column => $"t.{column}").Concat(table.Beside.Select(beside => $"{beside.Sql} as {beside.Name}")));
        await using var select = session.Command($"select coalesce(json_agg(row_to_json(r)), '[]')::text from (select {columns} from {table.From}) r");
        select.Parameters.AddWithValue("learner", learner);
        return JsonNode.Parse((string)(await select.ExecuteScalarAsync(cancellation))!)!.AsArray();
    }
}
