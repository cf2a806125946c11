using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Privacy.Successor;
using Gateway.Storage;
using Gateway.Storage.Model;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Privacy;

/// <summary>
/// Takes a district in from a bundle (P-3.7), in one transaction: all of it or nothing. Everybody is known again by the same pseudonyms;
/// rows get numbers of this gateway, so engines see new ids, as they would of any other issuer.
/// </summary>
internal sealed class TakeOverDistrict(GatewayDatabase database, DistrictKeys keys, SuccessorKeys own, AuditTrail trail)
{
    private static readonly Failure NotOurs = new("successor.bundle_unreadable", "The file is no bundle that was made for this gateway's successor key, or it was changed on the way. Nothing was taken in.");

    public async Task<Outcome<BundleContent>> RunAsync(Stream from, CancellationToken cancellation)
    {
        var header = new byte[BundleHeader.Length];
        if (await from.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation) < header.Length)
            return NotOurs;
        using var opening = await own.FindAsync(cancellation);
        if (opening is null || BundleHeader.Open(opening, header) is not { } key)
            return NotOurs;
        using var cipher = new BundleCipher(key, header);
        try
        {
            return await TakeInAsync(new BundleReader(from, cipher), cancellation);
        }
        catch (Exception e) when (e is AuthenticationTagMismatchException or InvalidDataException or JsonException)
        {
            return NotOurs;
        }
        catch (Exception e) when ((e as PostgresException ?? e.InnerException as PostgresException) is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: var constraint })
        {
            return constraint == "district_slug_key"
                ? new Failure("successor.district_exists", "There is a district of that slug here already.")
                : new Failure("successor.platform_exists", "A platform of the bundle is registered here already, for another district.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    private async Task<Outcome<BundleContent>> TakeInAsync(BundleReader bundle, CancellationToken cancellation)
    {
        if (await bundle.NextPartAsync(cancellation) != Manifest.Part || await bundle.ReadRunAsync(cancellation) is not { } json
            || JsonSerializer.Deserialize<Manifest>(json) is not { } manifest || await bundle.ReadRunAsync(cancellation) is not null)
        {
            return NotOurs;
        }

        await using (var model = database.Open())
        {
            if (model.Database.GetMigrations().Last() != manifest.Schema)
                return new Failure("successor.version", "The bundle comes from another version of the gateway: bring both to the same one.");
        }

        var district = new District
        {
            Slug = manifest.Slug,
            Name = manifest.Name,
            TimeZone = manifest.TimeZone,
            GuestsAllowed = manifest.GuestsAllowed,
            LastRoster = manifest.LastRoster,
            CreatedAt = manifest.CreatedAt,
        };
        var rows = new Dictionary<string, long>();
        await database.InNewDistrictAsync(
            async model =>
            {
                model.Districts.Add(district);
                await model.SaveChangesAsync(cancellation);
                return district.Id;
            },
            async session =>
            {
                await session.AllowLongWorkAsync(cancellation);
                foreach (var version in manifest.Keys)
                    keys.Import(session, version.Version, version.Root, version.CreatedAt, version.ActiveFrom);
                await session.Model.SaveChangesAsync(cancellation);
                foreach (var numbered in MovedTables.Numbered)
                    await ExecuteAsync(session, $"create temp table new_{numbered} (old bigint primary key, new bigint not null) on commit drop", cancellation);
                foreach (var table in MovedTables.All)
                    rows[table.Name] = await InsertAsync(session, table, bundle, cancellation);
                if (await bundle.NextPartAsync(cancellation) is not null)
                    throw new InvalidDataException("A bundle goes on after its last part.");
                await trail.AppendAsync(session, new AuditEntry(
                    AuditEntry.Operator, "district.taken_over", rows.ToDictionary(table => table.Key, table => table.Value.ToString(CultureInfo.InvariantCulture))), cancellation);
            },
            cancellation);
        return new BundleContent(district.Slug, rows);
    }

    private static async Task<long> InsertAsync(DistrictSession session, MovedTable table, BundleReader bundle, CancellationToken cancellation)
    {
        if (await bundle.NextPartAsync(cancellation) != table.Name)
            throw new InvalidDataException("The parts of a bundle are not in their order.");
        await ExecuteAsync(session, $"create temp table moved_{table.Name} on commit drop as select {table.Columns} from gateway.{table.Name} with no data", cancellation);
        await using (var copy = await session.Connection.BeginRawBinaryCopyAsync($"copy moved_{table.Name} ({table.Columns}) from stdin (format binary)", cancellation))
        {
            while (await bundle.ReadRunAsync(cancellation) is { } run)
                await copy.WriteAsync(run, cancellation);
        }

        await ExecuteAsync(session, table.Insert, cancellation);
        await using var count = session.Command($"select count(*) from moved_{table.Name}");
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task ExecuteAsync(DistrictSession session, string sql, CancellationToken cancellation)
    {
        await using var command = session.Command(sql);
        command.CommandTimeout = 0;
        if (sql.Contains("@district", StringComparison.Ordinal))
            command.Parameters.AddWithValue("district", session.District);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
