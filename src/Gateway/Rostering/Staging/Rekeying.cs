using Gateway.Privacy;

namespace Gateway.Rostering.Staging;

/// <summary>
/// P-1.2: what the roster names and the district knows under another version of its key is moved to the version in force. In a transaction
/// of its own, before the comparison and also in a dry run: nothing of the roster changes by it, and it can be done again.
/// </summary>
internal static class Rekeying
{
    private const string Move = """
        select set_config('gateway.district', @district::text, true);
        analyze staged_rekey;
        select gateway.rekey_people(array_agg(2::smallint), array_agg(r.other), array_agg(r.hash), @version, @now)
        from (select distinct other, hash from staged_rekey where kind = @person) r;
        update gateway.school s set source = r.hash, key_version = @version
        from (select distinct other, hash from staged_rekey where kind = @org) r
        where s.district_id = @district and s.source = r.other;
        update gateway.term t set source = r.hash, key_version = @version
        from (select distinct other, hash from staged_rekey where kind = @session) r
        where t.district_id = @district and t.source = r.other;
        update gateway.class c set source = r.hash, key_version = @version
        from (select distinct other, hash from staged_rekey where kind = @class) r
        where c.district_id = @district and c.source = r.other;
        update gateway.roster_policy p
        set schools = array(select coalesce((select r.hash from staged_rekey r where r.kind = @org and r.other = chosen.school limit 1), chosen.school)
                            from unnest(p.schools) as chosen (school))
        where p.district_id = @district and p.schools is not null
          and exists (select from staged_rekey r where r.kind = @org and r.other = any (p.schools))
        """;

    public static async Task MoveAsync(RosterRunContext run, DateTimeOffset now, CancellationToken cancellation)
    {
        if (run.Keys.Others.Count == 0)
            return;
        await using var transaction = await run.Connection.BeginTransactionAsync(cancellation);
        await using var move = run.Command(Move);
        move.Transaction = transaction;
        move.Parameters.AddWithValue("version", run.Keys.Version);
        move.Parameters.AddWithValue("now", now);
        move.Parameters.AddWithValue("person", (short)IdentifierKind.SisPerson);
        move.Parameters.AddWithValue("org", (short)IdentifierKind.Org);
        move.Parameters.AddWithValue("session", (short)IdentifierKind.AcademicSession);
        move.Parameters.AddWithValue("class", (short)IdentifierKind.Class);
        await move.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
