using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Gateway.Privacy.Rights;
using Gateway.Storage;
using Gateway.Storage.Model;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>What an export holds.</summary>
/// <param name="Rows">How many rows of each table.</param>
/// <param name="LeftOut">Columns that are not in it, because they are sealed.</param>
internal sealed record ExportedDistrict(IReadOnlyDictionary<string, long> Rows, IReadOnlyList<string> LeftOut);

/// <summary>
/// Writes everything of a district (P-3.6) into a ZIP archive: each table a CSV file (RFC 4180, UTF-8, names in the first line), all as they
/// were at one moment, and <c>export.json</c>, which says how many rows and what was left out.
/// </summary>
internal sealed class ExportDistrict(GatewayDatabase database, AuditTrail trail, TimeProvider time)
{
    private static readonly JsonSerializerOptions Manifest = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <param name="district">The district.</param>
    /// <param name="archive">Takes the archive; must be writable, not more.</param>
    /// <param name="cancellation">Stops the work; the archive is broken then.</param>
    public async Task<ExportedDistrict> RunAsync(District district, Stream archive, CancellationToken cancellation)
    {
        var exported = await database.InSnapshotAsync(district.Id, session => WriteAsync(session, district, archive, cancellation), cancellation);
        await database.InDistrictAsync(district.Id, session => trail.AppendAsync(
            session, AuditEntry.ByOperator("district.exported", ("tables", $"{exported.Rows.Count}"), ("rows", $"{exported.Rows.Values.Sum()}")), cancellation), cancellation);
        return exported;
    }

    private async Task<ExportedDistrict> WriteAsync(DistrictSession session, District district, Stream archive, CancellationToken cancellation)
    {
        await session.AllowLongWorkAsync(cancellation);
        var rows = new SortedDictionary<string, long>(StringComparer.Ordinal);
        var leftOut = new List<string>();
        await using var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        foreach (var table in ExportedTables.Of(session.Model.Model))
        {
            leftOut.AddRange(table.LeftOut.Select(column => $"{table.Name}.{column}"));
            await using var entry = await zip.CreateEntry($"{table.Name}.csv", CompressionLevel.Fastest).OpenAsync(cancellation);
            rows[table.Name] = await CopyAsync(session.Connection, table, district.Id, entry, cancellation);
        }

        await using var manifest = await zip.CreateEntry("export.json").OpenAsync(cancellation);
        await JsonSerializer.SerializeAsync(manifest, new
        {
            district = district.Slug,
            at = time.GetUtcNow(),
            rows,
            leftOut = leftOut.Select(column => new { column, why = "sealed: a secret, or a value that only the gateway can open" }),
        }, Manifest, cancellation);
        return new ExportedDistrict(rows, leftOut);
    }

    private static async Task<long> CopyAsync(NpgsqlConnection connection, ExportedTable table, int district, Stream entry, CancellationToken cancellation)
    {
        var columns = string.Join(", ", table.Columns.Select(column => $"\"{column}\""));
        using var copy = await connection.BeginTextExportAsync(
            FormattableString.Invariant($"copy (select {columns} from gateway.{table.Name} where {table.Key} = {district} order by {table.Order}) to stdout (format csv, header)"), cancellation);
        await using var csv = new StreamWriter(entry, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 64 * 1024);
        return await CsvRecords.CopyAsync(copy, csv, cancellation);
    }
}
