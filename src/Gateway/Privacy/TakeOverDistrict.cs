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
/// rows get numbers of this gateway, so engines see new ids, as they would of any other issuer. Who signed the bundle is looked at before
/// anything else of it, and its platforms must keep the rules of registration.
/// </summary>
internal sealed class TakeOverDistrict(GatewayDatabase database, DistrictKeys keys, SuccessorKeys own, IMovedRegistrationRules rules, AuditTrail trail)
{
    private const int LongestManifest = 1024 * 1024;

    // Of the tables that a district has few rows in.
    private const long LongestSmallPart = 4 * 1024 * 1024;
    private static readonly string[] SmallParts = ["registration", "deployment", "policy_acceptance", "roster_policy"];

    private static readonly Failure RegistrationsRefused = new("successor.platform_refused", "A platform of the bundle breaks the rules of registration. Nothing was taken in.");

    private static readonly Failure NotOurs = new("successor.bundle_unreadable", "The file is no bundle that was made for this gateway's successor key, or it was changed on the way. Nothing was taken in.");

    /// <param name="from">The bundle.</param>
    /// <param name="sender">The fingerprint of the gateway that must have signed it, as its operator told it.</param>
    /// <param name="cancellation">Stops the work.</param>
    public async Task<Outcome<BundleContent>> RunAsync(Stream from, string sender, CancellationToken cancellation)
    {
        var header = new byte[BundleHeader.Length];
        var length = await from.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellation);
        if (BundleHeader.IsUnsigned(header))
            return new Failure("successor.bundle_unsigned", "The bundle is not signed: a gateway of an earlier version wrote it. Bring that one to this version, and let it write the bundle again. Nothing was taken in.");
        if (length < header.Length)
            return NotOurs;
        if (!BundleHeader.IsSignedBy(sender, header))
            return new Failure("successor.sender_unknown", "The bundle is not signed by the gateway that --from names. Ask its operator, on a way that you trust, what `privacy successor-key` prints there. Nothing was taken in.");
        using var opening = await own.FindAsync(cancellation);
        if (opening is null || BundleHeader.Open(opening, header) is not { } key)
            return NotOurs;
        using var cipher = new BundleCipher(key, header);
        try
        {
            return await TakeInAsync(new BundleReader(from, cipher), sender, cancellation);
        }
        catch (Exception e) when (e is AuthenticationTagMismatchException or InvalidDataException or JsonException)
        {
            return NotOurs;
        }
        catch (RefusedRegistrationsException e)
        {
            return Outcome<BundleContent>.Failed([RegistrationsRefused, .. e.Failures]);
        }
        catch (Exception e) when ((e as PostgresException ?? e.InnerException as PostgresException) is { } refused && IsOfTheRows(refused))
        {
            return refused.ConstraintName switch
            {
                "district_slug_key" => new Failure("successor.district_exists", "There is a district of that slug here already."),
                { } constraint when refused.SqlState == PostgresErrorCodes.UniqueViolation && constraint.StartsWith("registration_", StringComparison.Ordinal) =>
                    new Failure("successor.platform_exists", "A platform of the bundle is registered here already, for another district."),
                // Rows that no gateway of this version has.
                _ => NotOurs,
            };
        }
        // What the database refuses of registrations and deployments, see gateway.check_registration.
        catch (Exception e) when ((e as PostgresException ?? e.InnerException as PostgresException) is { SqlState: "GR001" or "GR002" or "GR003" })
        {
            return new Failure("successor.platform_exists", "A platform of the bundle is registered here already, for another district.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
        }
    }

    // Values that do not fit their types, and rows that break a rule of their tables (SQLSTATE classes 22 and 23).
    private static bool IsOfTheRows(PostgresException refused) =>
        refused.SqlState.StartsWith("22", StringComparison.Ordinal) || refused.SqlState.StartsWith("23", StringComparison.Ordinal);

    private async Task<Outcome<BundleContent>> TakeInAsync(BundleReader bundle, string sender, CancellationToken cancellation)
    {
        if (await bundle.NextPartAsync(cancellation) != Manifest.Part || await bundle.ReadRunAsync(cancellation) is not { Length: <= LongestManifest } json
            || JsonSerializer.Deserialize<Manifest>(json) is not { IsAcceptable: true } manifest || await bundle.ReadRunAsync(cancellation) is not null)
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
                    AuditEntry.Operator, "district.taken_over",
                    rows.ToDictionary(table => table.Key, table => table.Value.ToString(CultureInfo.InvariantCulture)).Append(new("from", sender)).ToDictionary()), cancellation);
            },
            cancellation);
        return new BundleContent(district.Slug, rows, sender, await own.FingerprintAsync(cancellation));
    }

    private async Task<long> InsertAsync(DistrictSession session, MovedTable table, BundleReader bundle, CancellationToken cancellation)
    {
        if (await bundle.NextPartAsync(cancellation) != table.Name)
            throw new InvalidDataException("The parts of a bundle are not in their order.");
        await ExecuteAsync(session, $"create temp table moved_{table.Name} on commit drop as select {table.Columns} from gateway.{table.Name} with no data", cancellation);
        await using (var copy = await session.Connection.BeginRawBinaryCopyAsync($"copy moved_{table.Name} ({table.Columns}) from stdin (format binary)", cancellation))
        {
            var bytes = 0L;
            while (await bundle.ReadRunAsync(cancellation) is { } run)
            {
                bytes += run.Length;
                if (bytes > LongestSmallPart && SmallParts.Contains(table.Name))
                    throw new InvalidDataException("A part of a bundle is larger than it can be.");
                await copy.WriteAsync(run, cancellation);
            }
        }

        // The platforms are whole once their deployments are there.
        if (table.Name == "deployment" && await rules.CheckAsync(await RegistrationsAsync(session, cancellation), cancellation) is { Count: > 0 } failures)
            throw new RefusedRegistrationsException(failures);
        await ExecuteAsync(session, table.Insert, cancellation);
        await using var count = session.Command($"select count(*) from moved_{table.Name}");
        return (long)(await count.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<List<MovedRegistration>> RegistrationsAsync(DistrictSession session, CancellationToken cancellation)
    {
        await using var command = session.Command("""
            select coalesce(r.kind, ''), coalesce(r.issuer, ''), coalesce(r.client_id, ''),
                   array(select coalesce(d.deployment_id, '') from moved_deployment d where d.registration_id = r.id),
                   coalesce(r.authorization_endpoint, ''), coalesce(r.token_endpoint, ''), coalesce(r.jwks_uri, ''), r.token_audience, r.sis_parameter,
                   array[r.namespace::text, r.line_item_origin::text, r.source::text, r.state::text]
            from moved_registration r
            """);
        var found = new List<MovedRegistration>();
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            found.Add(new(
                reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetFieldValue<string[]>(3), reader.GetString(4), reader.GetString(5), reader.GetString(6),
                reader.IsDBNull(7) ? null : reader.GetString(7), reader.IsDBNull(8) ? null : reader.GetString(8), reader.GetFieldValue<string?[]>(9)));
        return found;
    }

    private static async Task ExecuteAsync(DistrictSession session, string sql, CancellationToken cancellation)
    {
        await using var command = session.Command(sql);
        command.CommandTimeout = 0;
        if (sql.Contains("@district", StringComparison.Ordinal))
            command.Parameters.AddWithValue("district", session.District);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    // Out of the transaction, so that nothing of it stays.
    private sealed class RefusedRegistrationsException(IReadOnlyList<Failure> failures) : Exception("Registrations break the rules.")
    {
        public IReadOnlyList<Failure> Failures => failures;
    }
}
