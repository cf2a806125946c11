using Gateway.Privacy;
using Gateway.Privacy.Rosters;
using Npgsql;
using OneRoster.Model;

namespace Gateway.Rostering.Staging;

/// <summary>
/// The temporary tables of one run. They belong to the run's connection: nobody else sees them, and they go when it does, so a run
/// that is killed leaves nothing behind. Row-level security is not needed on them: the connection serves one district.
/// </summary>
internal sealed class StagingArea : IAsyncDisposable
{
    /// <summary>The tables; an approved run fills them from what was held.</summary>
    /// <remarks>With PostgreSQL's 8 MB for temporary tables a small district's would go through files; the session keeps what it took.</remarks>
    public const string Tables = """
        set temp_buffers = '64MB';
        create temp table staged_org (source uuid not null, active boolean not null, school boolean not null, parent uuid, name text);
        create temp table staged_session (source uuid not null, active boolean not null, kind text not null, starts_on date not null, ends_on date not null, title text);
        create temp table staged_course (source uuid not null, active boolean not null);
        create temp table staged_class (source uuid not null, active boolean not null, course uuid, school uuid not null, terms uuid[] not null,
          kind text not null, title text, subjects text[], grades text[]);
        create temp table staged_user (source uuid not null, active boolean not null, chosen boolean not null, person uuid, grades text[]);
        create temp table staged_role (person uuid not null, org uuid, role text not null, starts_on date, ends_on date);
        create temp table staged_enrollment (class uuid not null, person uuid not null, school uuid not null, active boolean not null, role text not null,
          starts_on date, ends_on date);
        create temp table staged_rekey (kind smallint not null, other uuid not null, hash uuid not null);
        """;

    private readonly RosterPseudonymiser pseudonymiser;
    private readonly StagingTable<PseudonymousOrg> orgs;
    private readonly StagingTable<PseudonymousSession> sessions;
    private readonly StagingTable<PseudonymousCourse> courses;
    private readonly StagingTable<PseudonymousClass> classes;
    private readonly StagingTable<PseudonymousUser> users;
    private readonly StagingTable<PseudonymousRole> roles;
    private readonly StagingTable<PseudonymousEnrollment> enrollments;

    private readonly StagingTable<Rekeyed?> rekeyed;

    private readonly CopyQueue queue;
    private readonly bool enrollmentChanges;
    private readonly bool roleChanges;
    private bool rolesHaveDates;

    private StagingArea(NpgsqlConnection connection, RosterPseudonymiser pseudonymiser, bool enrollmentChanges, bool roleChanges, CancellationToken cancellation)
    {
        (this.pseudonymiser, this.enrollmentChanges, this.roleChanges) = (pseudonymiser, enrollmentChanges, roleChanges);
        queue = new CopyQueue(cancellation);
        orgs = new(connection, queue, "staged_org", "source, active, school, parent, name", Write);
        sessions = new(connection, queue, "staged_session", "source, active, kind, starts_on, ends_on, title", Write);
        courses = new(connection, queue, "staged_course", "source, active", Write);
        classes = new(connection, queue, "staged_class", "source, active, course, school, terms, kind, title, subjects, grades", Write);
        users = new(connection, queue, "staged_user", "source, active, chosen, person, grades", Write);
        roles = new(connection, queue, "staged_role", "person, org, role, starts_on, ends_on", Write);
        rekeyed = new(connection, queue, "staged_rekey", "kind, other, hash", Write);
        enrollments = new(connection, queue, "staged_enrollment", "class, person, school, active, role, starts_on, ends_on", Write);
    }

    /// <param name="connection">The run's connection; nothing else may use it until <see cref="CompleteAsync"/> or the area is disposed.</param>
    /// <param name="pseudonymiser">What turns rows into rows that may be stored.</param>
    /// <param name="enrollmentChanges">The source brings changes of enrollments: what is to be deleted is staged too.</param>
    /// <param name="roleChanges">The source brings changes of roles: that one is over is staged too.</param>
    /// <param name="cancellation">Stops the writing.</param>
    public static async Task<StagingArea> CreateAsync(
        NpgsqlConnection connection, RosterPseudonymiser pseudonymiser, bool enrollmentChanges, bool roleChanges, CancellationToken cancellation)
    {
        await using var create = new NpgsqlCommand(Tables, connection);
        await create.ExecuteNonQueryAsync(cancellation);
        return new StagingArea(connection, pseudonymiser, enrollmentChanges, roleChanges, cancellation);
    }

    public ValueTask AddAsync(RosterRow row, CancellationToken cancellation)
    {
        var staged = StageAsync(row, cancellation);
        return pseudonymiser.Rekeyed.Count == 0 ? staged : StageRekeyedAsync(staged, cancellation);
    }

    /// <summary>Forgets the rows of a collection so far; those of users' roles with those of users.</summary>
    public async ValueTask RestartAsync(RosterCollection collection, CancellationToken cancellation)
    {
        var restarted = collection switch
        {
            RosterCollection.Orgs => orgs.RestartAsync(cancellation),
            RosterCollection.AcademicSessions => sessions.RestartAsync(cancellation),
            RosterCollection.Courses => courses.RestartAsync(cancellation),
            RosterCollection.Classes => classes.RestartAsync(cancellation),
            RosterCollection.Users => users.RestartAsync(cancellation),
            RosterCollection.UserRoles => roles.RestartAsync(cancellation),
            _ => enrollments.RestartAsync(cancellation),
        };
        await restarted;
        if (collection != RosterCollection.Users)
            return;
        pseudonymiser.RestartUsers();
        await roles.RestartAsync(cancellation);
    }

    /// <summary>Writes what waits, and gives the connection back.</summary>
    /// <returns>What was staged, in short.</returns>
    public async Task<StagedDigest> CompleteAsync(CancellationToken cancellation)
    {
        await orgs.FlushAsync(cancellation);
        await sessions.FlushAsync(cancellation);
        await courses.FlushAsync(cancellation);
        await classes.FlushAsync(cancellation);
        await users.FlushAsync(cancellation);
        await roles.FlushAsync(cancellation);
        await enrollments.FlushAsync(cancellation);
        await rekeyed.FlushAsync(cancellation);
        await queue.CompleteAsync();
        return new StagedDigest(
            [.. orgs.Digest(), .. sessions.Digest(), .. courses.Digest(), .. classes.Digest(), .. users.Digest(), .. roles.Digest(), .. enrollments.Digest()],
            rolesHaveDates);
    }

    public async ValueTask DisposeAsync()
    {
        await queue.DisposeAsync();
        foreach (var table in (IDisposable[])[orgs, sessions, courses, classes, users, roles, enrollments, rekeyed])
            table.Dispose();
    }

    private ValueTask StageAsync(RosterRow row, CancellationToken cancellation) => row switch
    {
        Org org => orgs.AddAsync(pseudonymiser.Of(org), cancellation),
        AcademicSession session => sessions.AddAsync(pseudonymiser.Of(session), cancellation),
        Course course => courses.AddAsync(pseudonymiser.Of(course), cancellation),
        Class @class => classes.AddAsync(pseudonymiser.Of(@class), cancellation),
        User user => users.AddAsync(pseudonymiser.Of(user), cancellation),
        UserRole role => roles.AddAsync(Dated(pseudonymiser.Of(role, roleChanges)), cancellation),
        Enrollment enrollment => enrollments.AddAsync(pseudonymiser.Of(enrollment, enrollmentChanges), cancellation),
        _ => throw new InvalidOperationException($"A row of {row.Collection} has no staging table."),
    };

    private async ValueTask StageRekeyedAsync(ValueTask before, CancellationToken cancellation)
    {
        await before;
        foreach (var one in pseudonymiser.Rekeyed)
            await rekeyed.AddAsync(one, cancellation);
        pseudonymiser.Rekeyed.Clear();
    }

    private PseudonymousRole? Dated(PseudonymousRole? role)
    {
        rolesHaveDates |= role is { Start: not null } or { End: not null };
        return role;
    }

    private static void Write(CopyRows to, PseudonymousOrg row) =>
        to.Row(5).Uuid(row.Source.Value).Boolean(row.Active).Boolean(row.School).Uuid(row.Parent?.Value).Text(row.Name);

    private static void Write(CopyRows to, PseudonymousSession row) =>
        to.Row(6).Uuid(row.Source.Value).Boolean(row.Active).Text(row.Kind).Date(row.Start).Date(row.End).Text(row.Title);

    private static void Write(CopyRows to, PseudonymousCourse row) => to.Row(2).Uuid(row.Source.Value).Boolean(row.Active);

    private static void Write(CopyRows to, PseudonymousClass row) =>
        to.Row(9).Uuid(row.Source.Value).Boolean(row.Active).Uuid(row.Course.Value).Uuid(row.School.Value).Uuids(row.Terms).Text(row.Kind).Text(row.Title)
            .Texts(row.Subjects).Texts(row.Grades);

    private static void Write(CopyRows to, PseudonymousUser row) =>
        to.Row(5).Uuid(row.Source.Value).Boolean(row.Active).Boolean(row.Chosen).Uuid(row.Person?.Value).Texts(row.Grades);

    private static void Write(CopyRows to, PseudonymousRole row) =>
        to.Row(5).Uuid(row.User.Value).Uuid(row.Org.Value).Text(row.Role).Date(row.Start).Date(row.End);

    private static void Write(CopyRows to, PseudonymousEnrollment row) =>
        to.Row(7).Uuid(row.Class.Value).Uuid(row.User.Value).Uuid(row.School.Value).Boolean(row.Active).Text(row.Role).Date(row.Start).Date(row.End);

    private static void Write(CopyRows to, Rekeyed? row) => to.Row(3).Short((short)row!.Value.Kind).Uuid(row.Value.Other.Value).Uuid(row.Value.Current.Value);
}
