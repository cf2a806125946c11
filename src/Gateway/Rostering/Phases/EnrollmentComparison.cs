using OneRoster.Validation;

namespace Gateway.Rostering.Phases;

/// <summary>
/// Compares enrollments, which are most of a roster, in one pass. Each row finds its class, person and school, or why it cannot be kept
/// (1 person, 2 class, 3 school unknown; 4 left out; 5 a teacher's place of somebody who is a student, or no teacher). Several rows for one person, class and role (left and came back, or two records) are one
/// enrollment from the first day to the last. Then the whole is held against what the district has.: people without a class are not
/// among the learners.
/// </summary>
internal static class EnrollmentComparison
{
    private const string Found = """
        select problem, case problem when 0 then id end as class_id, case problem when 0 then person end as learner_id, student, starts_on, ends_on
        from (
          select case when p.source is null then 1 when c.source is null then 2
                      when n.school <> c.school and n.school not in (select source from staged_org) then 3
                      when p.learner_id is null or c.id is null then 4
                      when n.role <> 'student' and (p.student or not p.teacher) then 5 else 0 end as problem,
                 c.id, p.learner_id as person, n.role = 'student' as student, n.starts_on, n.ends_on
          from staged_enrollment n
          left join wanted_person p on p.source = n.person
          left join (select s.source, s.school, w.id from staged_class s left join wanted_class w on w.source = s.source) c on c.source = n.class) found
        """;

    // Bringing rows together costs a third of the pass: it is done where rows repeat.
    private const string RowByRow = $"select problem, class_id, learner_id, student, starts_on, ends_on, 1 as rows from ({Found}) kept";

    private const string Together = $"""
        select problem, class_id, learner_id, student,
               nullif(min(coalesce(starts_on, '-infinity')), '-infinity') as starts_on, nullif(max(coalesce(ends_on, 'infinity')), 'infinity') as ends_on,
               count(*) as rows
        from ({Found}) kept
        group by problem, class_id, learner_id, student
        """;

    private const string Whole = "select * from gateway.enrollment where district_id = @district";

    // Answers how many rows cannot be kept, by reason; how many are not broken; how many repeat another; and how many were kept.
    private const string Differences = """
        differences as (
          insert into changed_enrollment (class_id, learner_id, role, starts_on, ends_on, change)
          select coalesce(w.class_id, e.class_id), coalesce(w.learner_id, e.learner_id),
                 coalesce(e.role, case when w.student then 'student' else 'teacher' end), w.starts_on, w.ends_on,
                 case when e.class_id is null then 'added' when w.class_id is null then 'ended' when e.ended_on is not null then 'returned' else 'changed' end
          from (select * from wanted where problem = 0) w
          full join ({0}) e
            on e.class_id = w.class_id and e.learner_id = w.learner_id and (e.role = 'student') = w.student
          where e.class_id is null or (w.class_id is null and e.ended_on is null)
             or (w.class_id is not null
                 and (e.ended_on is not null or e.starts_on is distinct from w.starts_on or e.ends_on is distinct from w.ends_on))),
        people as (
          insert into wanted_learner (id, student) select learner_id, bool_or(student) from wanted where problem = 0 group by learner_id)
        select coalesce(sum(rows) filter (where problem = 1), 0)::bigint, coalesce(sum(rows) filter (where problem = 2), 0)::bigint,
               coalesce(sum(rows) filter (where problem = 3), 0)::bigint, coalesce(sum(rows) filter (where problem = 5), 0)::bigint,
               count(*) filter (where problem in (0, 4)),
               (coalesce(sum(rows) filter (where problem = 0), 0) - count(*) filter (where problem = 0))::bigint,
               count(*) filter (where problem = 0)
        from wanted
        """;

    // The last roster that was compared; without one all rows are new, and whether they repeat could only be known by bringing them together.
    private const string Expected = """
        select coalesce((
          select not exists (select from gateway.roster_finding f where f.run_id = r.id and f.rule = @rule)
          from gateway.roster_run r
          where r.district_id = @district and r.state in ('applied', 'checked', 'waiting') order by r.started_at desc limit 1), false)
        """;

    // A row is new, brings back, or meets an enrollment that goes on. When the last two met as many rows as there are enrollments, and no two
    // of the others are of one key, none repeats another.
    private const string Unique = """
        select @kept - (select count(*) from changed_enrollment where change in ('added', 'returned'))
             = (select count(*) from gateway.enrollment where district_id = @district and ended_on is null)
               - (select count(*) from changed_enrollment where change = 'ended')
           and not exists (
             select from changed_enrollment where change in ('added', 'returned') group by class_id, learner_id, role having count(*) > 1)
        """;

    /// <summary>Fills <c>changed_enrollment</c> and <c>wanted_learner</c>; what cannot be kept goes into the ledger.</summary>
    public static async Task RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var counts = run.EnrollmentsAreChanges ? await CompareTouchedAsync(run, cancellation) : await CompareAllAsync(run, cancellation);
        run.Ledger.Set(RosterRules.EnrollmentUserUnknown, "enrollments", "user", rowsDropped: true, counts.UserUnknown);
        run.Ledger.Set(RosterRules.EnrollmentClassUnknown, "enrollments", "class", rowsDropped: true, counts.ClassUnknown);
        run.Ledger.Set(RosterRules.EnrollmentSchoolUnknown, "enrollments", "school", rowsDropped: true, counts.SchoolUnknown);
        run.Ledger.Set(RosterRules.EnrollmentTeacherUnfit, "enrollments", "role", rowsDropped: true, counts.TeacherUnfit);
        run.Ledger.Set(RosterRules.EnrollmentRepeated, "enrollments", "", rowsDropped: false, counts.Repeated);
        if (counts.Sound > 0 || run.EmptyCollections.Contains("enrollments") || (run.EnrollmentsAreChanges && await TouchedEnrollments.HaveOthersAsync(run, cancellation)))
            return;
        run.EmptyCollections = [.. run.EmptyCollections, "enrollments"];
        run.Ledger.Set(RosterCodes.CollectionEmpty, "enrollments", "", rowsDropped: true, 1);
    }

    private static async Task<Counts> CompareAllAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var counts = await NothingRepeatsAsync(run, cancellation) ? await CompareAsync(run, RowByRow, Whole, cancellation) : null;
        if (counts is not null && await WereUniqueAsync(run, counts.Kept, cancellation))
            return counts;
        await run.ExecuteAsync("truncate changed_enrollment, wanted_learner", cancellation);
        return await CompareAsync(run, Together, Whole, cancellation);
    }

    private static async Task<Counts> CompareTouchedAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var counts = await CompareAsync(run, Together, TouchedEnrollments.Kept, cancellation);
        await TouchedEnrollments.KeepOthersAsync(run, cancellation);
        return counts;
    }

    private static async Task<Counts> CompareAsync(RosterRunContext run, string wanted, string kept, CancellationToken cancellation)
    {
        await using var command = run.Command(
            $"with wanted as materialized ({wanted}),\n{string.Format(System.Globalization.CultureInfo.InvariantCulture, Differences, kept)}");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3), reader.GetInt64(4), reader.GetInt64(5), reader.GetInt64(6));
    }

    private static async Task<bool> NothingRepeatsAsync(RosterRunContext run, CancellationToken cancellation)
    {
        await using var expected = run.Command(Expected);
        expected.Parameters.AddWithValue("rule", RosterRules.EnrollmentRepeated);
        return (bool)(await expected.ExecuteScalarAsync(cancellation))!;
    }

    private static async Task<bool> WereUniqueAsync(RosterRunContext run, long kept, CancellationToken cancellation)
    {
        await using var unique = run.Command(Unique);
        unique.Parameters.AddWithValue("kept", kept);
        return (bool)(await unique.ExecuteScalarAsync(cancellation))!;
    }

    private sealed record Counts(long UserUnknown, long ClassUnknown, long SchoolUnknown, long TeacherUnfit, long Sound, long Repeated, long Kept);
}
