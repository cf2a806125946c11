using Gateway.Privacy;
using Gateway.Storage;

namespace Gateway.Engine;

/// <summary>What follows from a changed mapping, in the transaction that changes it.</summary>
internal static class MappingEffects
{
    // What is stored for a field, and erased with it.
    private static readonly (SharedField Field, string Erase)[] Stored =
    [
        (SharedField.ClassTitle, "update gateway.class set title = null where district_id = $1 and title is not null"),
        (SharedField.Subjects, "update gateway.class set subjects = null where district_id = $1 and subjects is not null"),
        (SharedField.School, "update gateway.school set name = null where district_id = $1 and name is not null"),
        (SharedField.Grades, "update gateway.class set grades = null where district_id = $1 and grades is not null"),
        (SharedField.Grades, "update gateway.learner set grades = null where district_id = $1 and grades is not null"),
    ];

    // A roster that waits for approval may hold what is not given any more: the next run reads it again.
    private const string ForgetHeld = """
        with released as (delete from gateway.roster_held where district_id = $1 returning run_id)
        update gateway.roster_run set state = 'expired' where district_id = $1 and state = 'waiting' and id in (select run_id from released)
        """;

    private const string Resend = """
        with affected as (
          select 1 as part, 'school' as entity, s.id as entity_id, null::bigint as other_id from gateway.school s where $2 and s.district_id = $1 and s.ended_on is null
          union all
          select 2, 'class', c.id, null from gateway.class c where $3 and c.district_id = $1 and c.ended_on is null
          union all
          select 3, 'learner', l.id, null from gateway.learner l where $4 and l.district_id = $1
          union all
          select 4, 'enrollment', e.class_id, e.learner_id from gateway.enrollment e where $5 and e.district_id = $1 and e.ended_on is null),
        total as (select count(*) as changes from affected),
        taken as (
          insert into gateway.feed_position as f (district_id, last_sequence) select $1, changes from total where changes > 0
          on conflict (district_id) do update set last_sequence = f.last_sequence + excluded.last_sequence
          returning last_sequence - (select changes from total) as before)
        insert into gateway.change (district_id, sequence, entity, entity_id, other_id, kind, changed_at, client_id)
        select $1, taken.before + row_number() over (order by part, entity_id, other_id), entity, entity_id, other_id, 'changed', $6, $7
        from taken, affected
        """;

    /// <summary>Erases the values of fields that no engine of the district is given any more.</summary>
    public static async Task EraseAsync(DistrictSession session, IEnumerable<SharedField> lost, CancellationToken cancellation)
    {
        var gone = Stored.Where(stored => lost.Contains(stored.Field)).ToList();
        foreach (var (_, sql) in gone)
            await RunAsync(session, sql, cancellation);
        if (gone.Count > 0)
            await RunAsync(session, ForgetHeld, cancellation);
    }

    /// <summary>Tells the engine, and it alone, what to fetch again.</summary>
    public static async Task ResendAsync(
        DistrictSession session, string clientId, FieldMapping before, FieldMapping after, DateTimeOffset now, CancellationToken cancellation)
    {
        var role = Differs(SharedField.Role) || !MappingRules.Same(before.RoleWords, after.RoleWords);
        var grades = Differs(SharedField.Grades) || (after.Gives(SharedField.Grades) && !MappingRules.Same(before.GradeWords, after.GradeWords));
        var school = Differs(SharedField.School);
        var classes = grades || school || Differs(SharedField.ClassTitle) || Differs(SharedField.Subjects) || Differs(SharedField.TermDates);
        await using var command = session.Command(Resend);
        foreach (var value in new object[] { session.District, school, classes, role || grades, role, now, clientId })
            command.Parameters.Add(new() { Value = value });
        await command.ExecuteNonQueryAsync(cancellation);

        bool Differs(SharedField field) => before.Gives(field) != after.Gives(field);
    }

    private static async Task<int> RunAsync(DistrictSession session, string sql, CancellationToken cancellation)
    {
        await using var command = session.Command(sql);
        command.Parameters.Add(new() { Value = session.District });
        return await command.ExecuteNonQueryAsync(cancellation);
    }
}
