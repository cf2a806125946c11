using Gateway.Rostering.Staging;
using OneRoster.Model;

namespace Gateway.Rostering.Phases;

/// <summary>
/// Where the source brings changes only: completes them to a whole roster with what the district has, so that every later
/// phase sees one kind of roster. What the district does not keep (courses, organisations other than schools, people without a class)
/// cannot be completed: references to it are taken as right, and a full reading puts right what that lets through. Enrollments are completed
/// when they are compared, and of those whom the changes touch alone (<see cref="TouchedEnrollments"/>).
/// </summary>
internal sealed class CompletePhase : IRosterPhase
{
    // Row-level security, and tables that were filled a moment ago, make the database expect one row where there are many: nested loops would
    // look cheap to it.
    private const string Prepare = """
        select set_config('gateway.district', @district::text, true), set_config('work_mem', '64MB', true),
               set_config('default_statistics_target', '10', true), set_config('jit', 'off', true), set_config('enable_nestloop', 'off', true);
        analyze staged_org, staged_session, staged_class, staged_user, staged_role, staged_enrollment;
        """;

    private const string Orgs = """
        update staged_org set parent = null;
        insert into staged_org (source, active, school, name)
        select s.source, true, true, s.name from gateway.school s
        where s.district_id = @district and s.ended_on is null and not exists (select from staged_org o where o.source = s.source)
        """;

    private const string Sessions = """
        insert into staged_session (source, active, kind, starts_on, ends_on, title)
        select t.source, true, t.kind, t.starts_on, t.ends_on, t.title from gateway.term t
        where t.district_id = @district and t.ended_on is null and not exists (select from staged_session s where s.source = t.source)
        """;

    private const string Courses = "update staged_class set course = null";

    private const string Classes = """
        insert into staged_class (source, active, school, terms, kind, title, subjects, grades)
        select c.source, true, s.source,
               array(select t.source from gateway.term t where t.district_id = @district and t.id = any(c.term_ids) and t.ended_on is null),
               c.kind, c.title, c.subjects, c.grades
        from gateway.class c join gateway.school s on s.id = c.school_id
        where c.district_id = @district and c.ended_on is null and not exists (select from staged_class k where k.source = c.source)
        """;

    private const string Users = """
        insert into staged_user (source, active, chosen, grades)
        select i.hash, true, true, l.grades from gateway.learner_identity i join gateway.learner l on l.id = i.learner_id and l.on_roster
        where i.district_id = @district and i.kind = 2 and not exists (select from staged_user u where u.source = i.hash)
        """;

    // Somebody who had no class was not kept; the class that comes now brings a student in. A teacher needs a role.
    private const string Newcomers = """
        insert into staged_user (source, active, chosen)
        select distinct e.person, true, @chosen from staged_enrollment e where e.active and not exists (select from staged_user u where u.source = e.person)
        """;

    private const string Named = "create temp table named_user on commit drop as select source from staged_user";

    // S-3: nobody is taken for a teacher whose role is over, nor whose record came with its roles and without this one.
    private const string Roles = """
        insert into staged_role (person, role)
        select i.hash, l.role from gateway.learner_identity i join gateway.learner l on l.id = i.learner_id and l.on_roster
        where i.district_id = @district and i.kind = 2 and not exists (select from staged_role r where r.person = i.hash and r.role <> 'ended')
          and (l.role = 'student'
            or (not exists (select from staged_role r where r.person = i.hash)
              and not (@with_users and exists (select from named_user n where n.source = i.hash))));
        delete from staged_role where role = 'ended'
        """;

    public string Name => "complete";

    public int Steps => 1;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var partial = Enum.GetValues<RosterCollection>().Where(collection => run.ExtentOf(collection) != RosterExtent.Full).ToHashSet();
        if (partial.Count == 0)
            return null;
        run.EnrollmentsAreChanges = partial.Contains(RosterCollection.Enrollments);

        await using var transaction = await run.Connection.BeginTransactionAsync(cancellation);
        foreach (var statement in Statements(partial))
        {
            await using var command = run.Command(statement);
            command.Parameters.AddWithValue("chosen", run.Settings.Grades is null);
            command.Parameters.AddWithValue("with_users", run.Source.RolesComeWithUsers);
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await StagedFields.ClearAsync(run, cancellation);
        await transaction.CommitAsync(cancellation);
        return null;
    }

    private static IEnumerable<string> Statements(HashSet<RosterCollection> partial)
    {
        yield return Prepare;
        if (partial.Contains(RosterCollection.Enrollments))
            yield return TouchedEnrollments.NamedTable;
        yield return Named;
        if (partial.Contains(RosterCollection.Orgs))
            yield return Orgs;
        if (partial.Contains(RosterCollection.AcademicSessions))
            yield return Sessions;
        if (partial.Contains(RosterCollection.Courses))
            yield return Courses;
        if (partial.Contains(RosterCollection.Classes))
            yield return Classes;
        if (partial.Contains(RosterCollection.Users))
            yield return Users;
        if (partial.Contains(RosterCollection.Users))
            yield return Newcomers;
        if (partial.Contains(RosterCollection.Users) || partial.Contains(RosterCollection.UserRoles))
            yield return Roles;
    }
}
