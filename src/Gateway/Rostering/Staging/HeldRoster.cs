using Gateway.Rostering.Phases;
using Gateway.Storage;

namespace Gateway.Rostering.Staging;

/// <summary>
/// The checked roster of a run that waits for approval, kept as the database's own binary form of the staging tables in pieces of half a
/// mebibyte: what a person approves is what was compared, whatever the source says by then, and whichever replica applies it.
/// </summary>
internal static class HeldRoster
{
    /// <summary>Changes with the staging tables: what an older gateway held cannot be read.</summary>
    private const string Layout = "2";

    private const int PieceLength = 512 * 1024;

    // Of others no grade is ever kept; a run knows who is a student only once everything has been read.
    private const string OnlyStudentsHaveGrades = """
        update staged_user u set grades = null
        where u.grades is not null
          and not exists (select from staged_role r where r.person = u.source and r.role = 'student')
          and not exists (select from staged_enrollment e where e.person = u.source and e.role = 'student')
        """;

    private static readonly (string Table, string Columns)[] Parts =
    [
        ("staged_org", "source, active, school, parent, name"),
        ("staged_session", "source, active, kind, starts_on, ends_on, title"),
        ("staged_class", "source, active, course, school, terms, kind, title, subjects, grades"),
        ("staged_user", "source, active, chosen, person, grades"),
        ("staged_role", "person, org, role, starts_on, ends_on"),
        ("staged_enrollment", "class, person, school, active, role, starts_on, ends_on"),
        ("past_class", "source"),
    ];

    /// <summary>
    /// Stores the staging tables of the run, which are in the open transaction of its connection: that holds still what the district gives
    /// to its engines (<see cref="StagedFields.IsOvertakenAsync"/>).
    /// </summary>
    public static async Task KeepAsync(GatewayDatabase database, RosterRunContext run, CancellationToken cancellation)
    {
        if (run.EnrollmentsAreChanges)
            await TouchedEnrollments.CompleteOthersAsync(run, cancellation);
        await run.ExecuteAsync(OnlyStudentsHaveGrades, cancellation);
        await database.InDistrictAsync(run.Request.District, async session =>
        {
            var buffer = new byte[PieceLength];
            foreach (var (table, columns) in Parts)
            {
                await using var copy = await run.Connection.BeginRawBinaryCopyAsync($"copy {table} ({columns}) to stdout (format binary)", cancellation);
                for (var piece = 0; await copy.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellation) is > 0 and var length; piece++)
                {
                    await using var insert = session.Command("insert into gateway.roster_held (run_id, district_id, part, piece, bytes) values ($1, $2, $3, $4, $5)");
                    insert.Parameters.Add(new() { Value = run.RunId });
                    insert.Parameters.Add(new() { Value = run.Request.District });
                    insert.Parameters.Add(new() { Value = NameOf(table) });
                    insert.Parameters.Add(new() { Value = piece });
                    insert.Parameters.Add(new() { Value = buffer.AsMemory(0, length).ToArray() });
                    await insert.ExecuteNonQueryAsync(cancellation);
                }
            }
        }, cancellation);
    }

    /// <summary>Fills the (empty) staging tables of a run with what a waiting run left.</summary>
    /// <returns>False when there is nothing that this version of the gateway can read.</returns>
    public static Task<bool> RestoreAsync(GatewayDatabase database, RosterRunContext run, long waiting, CancellationToken cancellation) =>
        database.InDistrictAsync(run.Request.District, async session =>
        {
            foreach (var (table, columns) in Parts)
            {
                await using var select = session.Command("select bytes from gateway.roster_held where run_id = $1 and part = $2 order by piece");
                select.Parameters.Add(new() { Value = waiting });
                select.Parameters.Add(new() { Value = NameOf(table) });
                await using var pieces = await select.ExecuteReaderAsync(System.Data.CommandBehavior.SequentialAccess, cancellation);
                if (!await pieces.ReadAsync(cancellation))
                    return false;
                await using var copy = await run.Connection.BeginRawBinaryCopyAsync($"copy {table} ({columns}) from stdin (format binary)", cancellation);
                do
                {
                    await copy.WriteAsync(await pieces.GetFieldValueAsync<byte[]>(0, cancellation), cancellation);
                }
                while (await pieces.ReadAsync(cancellation));
            }

            return true;
        }, cancellation);

    private static string NameOf(string table) => $"{Layout}.{table}";
}
