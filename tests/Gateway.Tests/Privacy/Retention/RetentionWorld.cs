using System.Globalization;
using System.Text;
using Npgsql;

namespace Gateway.Tests.Privacy.Retention;

/// <summary>Makes things happen, the same ones for the same seed: as rows in the database and as facts in the oracle's memory.</summary>
internal sealed class RetentionWorld(NpgsqlDataSource owner, Facts facts, int seed)
{
    private readonly string engine = $"world-{seed}";
    private static readonly string[] Zones = ["America/Chicago", "UTC", "Pacific/Auckland"];
    private readonly Random random = new(seed);
    private readonly StringBuilder sql = new();
    private DateTimeOffset now;
    private long next = seed * 1_000_000L;
    private int districts;

    public async Task BeginAsync(DateTimeOffset at)
    {
        now = at;
        Add($"insert into gateway.engine_client (id, initiate_login_uri, redirect_uris, secret_hash, sealed_id_key, created_at) values ('{engine}', 'https://e.example', '{{}}', '\\x00', '\\x00', {T(at)})");
        Add($"insert into gateway.engine_webhook (client_id, url, sealed_secret, created_at) values ('{engine}', 'https://e.example', '\\x00', {T(at)})");
        for (var i = 0; i < 2; i++)
            AddDistrict();
        await FlushAsync();
    }

    /// <summary>One day, up to its run at this instant.</summary>
    public async Task LiveAsync(DateTimeOffset at)
    {
        now = at;
        if (facts.Districts.Count < 2)
            AddDistrict();
        foreach (var district in facts.Districts)
        {
            var today = district.DayAt(now);
            if (Chance(0.002))
                Contract(district, Chance(0.2) ? null : today.AddDays(random.Next(-5, 200)));
            // After the contract nothing is taken in.
            if (!(district.ContractEnd < today))
                Live(district, today);
        }

        await FlushAsync();
    }

    public async Task<HashSet<string>> RowsAsync()
    {
        await using var command = owner.CreateCommand("""
            select 'district ' || d.id || ' purged ' || f.purged_through from gateway.district d join gateway.feed_position f on f.district_id = d.id
            union all select 'key ' || district_id from gateway.district_key
            union all select concat('learner ', id, case when on_roster then ' on ' else ' off ' end, roster_ended) from gateway.learner
            union all select 'identity ' || learner_id from gateway.learner_identity
            union all select 'class ' || id from gateway.class
            union all select 'term ' || id from gateway.term
            union all select 'school ' || id from gateway.school
            union all select concat('enrollment ', class_id, ' ', learner_id) from gateway.enrollment
            union all select 'launch ' || id from gateway.launch
            union all select 'score ' || id from gateway.score_delivery
            union all select concat('run ', id, ' ', state) from gateway.roster_run
            union all select 'alert ' || id from gateway.roster_alert
            union all select 'event ' || id from gateway.webhook_event
            union all select 'spent ' || id from gateway.spent_value
            union all select concat('stray ', district_id) from gateway.change c
              where not exists (select from gateway.feed_position f where f.district_id = c.district_id and c.sequence between f.purged_through + 1 and f.last_sequence)
            """);
        var rows = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>Takes down where the feeds stand: everything up to there was changed today or before.</summary>
    public async Task NoteFeedsAsync()
    {
        await using var command = owner.CreateCommand("select district_id, last_sequence from gateway.feed_position");
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            facts.District(reader.GetInt32(0)).Feed.Add((now, reader.GetInt64(1)));
    }

    private void Live(DistrictFact district, DateOnly today)
    {
        if (district.HasSource && Chance(0.0015))
            district.HasSource = false;
        if (district.HasSource && Chance(0.8))
            Roster(district, today);
        for (var i = random.Next(0, 2); i > 0; i--)
            Launch(district);
        Housekeep(district);
    }

    private void Roster(DistrictFact district, DateOnly today)
    {
        district.LastRoster = today;
        Add($"update gateway.district set last_roster = {D(today)} where id = {district.Id}");
        var classes = facts.Classes.Values.Where(@class => @class.District == district.Id && @class.Left is null).ToList();
        if (classes.Count < 4 && Chance(0.05))
            AddClass(district, today);
        if (classes.Count > 0 && Chance(0.006))
            Leave(Pick(classes), today);
        if (classes.Count > 0 && Chance(0.02))
            LeaveClass(Pick(classes), today);
        if (Chance(0.01) && facts.Terms.Values.Where(term => term.District == district.Id && term.Left is null).ToList() is { Count: > 0 } terms)
            Move(Pick(terms), today);
        if (Chance(0.003) && facts.Schools.Values.Where(school => school.District == district.Id && school.Left is null).ToList() is { Count: > 0 } schools)
            Close(Pick(schools), classes, today);
    }

    private void AddDistrict()
    {
        var district = new DistrictFact((seed * 1000) + ++districts, TimeZoneInfo.FindSystemTimeZoneById(Zones[districts % Zones.Length]));
        var id = district.Id;
        facts.Districts.Add(district);
        Add($"insert into gateway.district (id, slug, name, time_zone, created_at) overriding system value values ({id}, 'd-{id}', 'D', '{district.Zone.Id}', {T(now)})");
        Add($"insert into gateway.district_key (district_id, version, sealed_key, active_from, created_at) values ({id}, 1, '\\x00', {T(now)}, {T(now)})");
        Add($"insert into gateway.feed_position values ({id}, 0)");
        Add($"insert into gateway.registration (id, district_id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, created_at) overriding system value values ({id}, {id}, 'other', 'https://l{id}.example', 'c{id}', '', '', '', '', false, {T(now)})");
        Add($"insert into gateway.engine_mapping values ({id}, '{engine}', 1, true, '{{role}}', '{{}}', '{{}}', '1', 'A Test', {T(now)})");
    }

    private void Contract(DistrictFact district, DateOnly? end)
    {
        district.ContractEnd = end;
        Add($"update gateway.district set contract_end = {D(end)} where id = {district.Id}");
    }

    private void AddClass(DistrictFact district, DateOnly today)
    {
        var school = facts.Schools.Values.FirstOrDefault(known => known.District == district.Id && known.Left is null) ?? AddSchool(district);
        var terms = Enumerable.Range(0, random.Next(1, 3)).Select(_ => AddTerm(district, today.AddDays(random.Next(-200, 200)))).ToArray();
        var added = new ClassFact(next++, district.Id, school.Id, terms);
        facts.Classes[added.Id] = added;
        Add($"insert into gateway.class (id, district_id, source, key_version, school_id, kind, term_ids) overriding system value values ({added.Id}, {district.Id}, gen_random_uuid(), 1, {school.Id}, 'scheduled', '{{{string.Join(',', terms)}}}')");
        for (var i = random.Next(1, 5); i > 0; i--)
            Enroll(added, LearnerOf(district, today), today);
    }

    private SchoolFact AddSchool(DistrictFact district)
    {
        var school = new SchoolFact(next++, district.Id);
        facts.Schools[school.Id] = school;
        Add($"insert into gateway.school (id, district_id, source, key_version) overriding system value values ({school.Id}, {district.Id}, gen_random_uuid(), 1)");
        return school;
    }

    private long AddTerm(DistrictFact district, DateOnly ends)
    {
        var term = new TermFact(next++, district.Id) { Ends = ends };
        facts.Terms[term.Id] = term;
        Add($"insert into gateway.term (id, district_id, source, key_version, kind, starts_on, ends_on) overriding system value values ({term.Id}, {district.Id}, gen_random_uuid(), 1, 'term', {D(ends.AddDays(-90))}, {D(ends)})");
        return term.Id;
    }

    private LearnerFact LearnerOf(DistrictFact district, DateOnly day)
    {
        var known = facts.Learners.Values.Where(learner => learner.District == district.Id).ToList();
        if (known.Count > 0 && Chance(0.6))
            return Pick(known);
        var learner = new LearnerFact(next++, district.Id, Chance(0.75), day);
        facts.Learners[learner.Id] = learner;
        Add($"insert into gateway.learner (id, district_id, role, first_seen, last_seen) overriding system value values ({learner.Id}, {district.Id}, '{(learner.IsStudent ? "student" : "teacher")}', {D(day)}, {D(day)})");
        Add($"insert into gateway.learner_identity values ({district.Id}, 1, gen_random_uuid(), 1, {learner.Id})");
        return learner;
    }

    private void Enroll(ClassFact @class, LearnerFact learner, DateOnly today)
    {
        if (facts.Enrollments.Any(known => known.Class == @class.Id && known.Learner == learner.Id))
            return;
        facts.Enrollments.Add(new(@class.Id, learner.Id));
        (learner.OnRoster, learner.Unlinked, learner.LastSeen) = (true, null, learner.LastSeen > today ? learner.LastSeen : today);
        Add($"insert into gateway.enrollment (district_id, class_id, learner_id, role) values ({@class.District}, {@class.Id}, {learner.Id}, '{(learner.IsStudent ? "student" : "teacher")}')");
        Add($"update gateway.learner set on_roster = true, roster_ended = null, last_seen = {D(learner.LastSeen)} where id = {learner.Id}");
    }

    private void LeaveClass(ClassFact @class, DateOnly today)
    {
        if (facts.Enrollments.Where(enrollment => enrollment.Class == @class.Id && enrollment.IsCurrent).ToList() is { Count: > 0 } current)
            End(Pick(current), today);
    }

    private void End(EnrollmentFact enrollment, DateOnly today)
    {
        enrollment.IsCurrent = false;
        Add($"update gateway.enrollment set ended_on = {D(today)} where class_id = {enrollment.Class} and learner_id = {enrollment.Learner}");
        if (facts.Enrollments.Any(other => other.Learner == enrollment.Learner && other.IsCurrent))
            return;
        var learner = facts.Learners[enrollment.Learner];
        (learner.OnRoster, learner.Unlinked) = (false, today);
        Add($"update gateway.learner set on_roster = false, roster_ended = {D(today)} where id = {learner.Id}");
    }

    private void Leave(ClassFact @class, DateOnly today)
    {
        @class.Left = today;
        Add($"update gateway.class set ended_on = {D(today)} where id = {@class.Id}");
        foreach (var enrollment in facts.Enrollments.Where(enrollment => enrollment.Class == @class.Id && enrollment.IsCurrent).ToList())
            End(enrollment, today);
    }

    private void Move(TermFact term, DateOnly today)
    {
        if (Chance(0.5))
            term.Ends = term.Ends.AddDays(random.Next(-30, 120));
        else
            term.Left = today;
        Add($"update gateway.term set ends_on = {D(term.Ends)}, ended_on = {D(term.Left)} where id = {term.Id}");
    }

    private void Close(SchoolFact school, List<ClassFact> classes, DateOnly today)
    {
        school.Left = today;
        Add($"update gateway.school set ended_on = {D(today)} where id = {school.Id}");
        foreach (var @class in classes.Where(@class => @class.School == school.Id && @class.Left is null))
            Leave(@class, today);
    }

    private void Launch(DistrictFact district)
    {
        var at = now.AddSeconds(-random.Next(1, 86_400));
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        var learner = LearnerOf(district, day);
        learner.LastLaunch = learner.LastLaunch > day ? learner.LastLaunch : day;
        learner.LastSeen = learner.LastSeen > day ? learner.LastSeen : day;
        var launch = new HappenedFact(NewId(), district.Id, learner.Id, at);
        facts.Launches.Add(launch);
        Add($"insert into gateway.launch values ('{launch.Id}', {district.Id}, {learner.Id}, {district.Id}, 'LtiResourceLinkRequest', {T(at)})");
        Add($"update gateway.learner set last_launch = {D(learner.LastLaunch)}, last_seen = {D(learner.LastSeen)} where id = {learner.Id}");
        if (!Chance(0.3))
            return;
        var score = new HappenedFact(NewId(), district.Id, learner.Id, at);
        facts.Scores.Add(score);
        Add($"insert into gateway.score_delivery (id, district_id, client_id, idempotency_hash, content_hash, learner_id, registration_id, lane, state, next_attempt_at, accepted_at, finished_at) values ('{score.Id}', {district.Id}, '{engine}', gen_random_uuid(), gen_random_uuid(), {learner.Id}, {district.Id}, gen_random_uuid(), 'delivered', {T(at)}, {T(at)}, {T(at)})");
    }

    private void Housekeep(DistrictFact district)
    {
        var id = district.Id;
        var at = now.AddSeconds(-random.Next(1, 86_400));
        if (Chance(0.3))
            Add($"update gateway.feed_position set last_sequence = last_sequence + 1 where district_id = {id}; insert into gateway.change (district_id, sequence, entity, entity_id, kind, changed_at) select {id}, last_sequence, 'learner', 1, 'changed', {T(now)} from gateway.feed_position where district_id = {id}");
        if (Chance(0.2))
        {
            var run = new RunFact(next++, id, at) { State = Chance(0.2) ? "waiting" : Chance(0.02) ? "running" : "applied" };
            facts.Runs.Add(run);
            Add($"insert into gateway.roster_run (id, district_id, trigger, dry_run, state, phase, started_at, finished_at) overriding system value values ({run.Id}, {id}, 'schedule', false, '{run.State}', 'switch', {T(at)}, {(run.State == "running" ? "null" : T(at))})");
        }

        if (Chance(0.1))
        {
            var alert = new AlertFact(next++, id, at, Chance(0.05));
            facts.Alerts.Add(alert);
            Add($"insert into gateway.roster_alert (id, district_id, kind, event, subject, body, state, next_attempt_at, created_at, finished_at) overriding system value values ({alert.Id}, {id}, 'failed', '{alert.Id}', '', '', '{(alert.IsPending ? "pending" : "sent")}', {T(at)}, {T(at)}, {(alert.IsPending ? "null" : T(at))})");
        }

        if (Chance(0.15))
        {
            var @event = new EventFact(NewId(), id, at, Chance(0.8) ? "delivered" : Chance(0.8) ? "dead" : "pending");
            facts.Events.Add(@event);
            Add($"insert into gateway.webhook_event (id, district_id, client_id, type, created_at, state, offered_at, next_attempt_at, finished_at) values ('{@event.Id}', {id}, '{engine}', 'roster.changed', {T(at)}, '{@event.State}', {T(at)}, {T(at)}, {(@event.State == "pending" ? "null" : T(at))})");
        }

        if (Chance(0.5))
        {
            var spent = new SpentFact(NewId(), id, now.AddSeconds(random.Next(-600, 90_000)));
            facts.Spent.Add(spent);
            Add($"insert into gateway.spent_value values ('{spent.Id}', {id}, {T(spent.Expires)})");
        }
    }

    private async Task FlushAsync()
    {
        if (sql.Length == 0)
            return;
        await using var command = owner.CreateCommand(sql.ToString());
        await command.ExecuteNonQueryAsync();
        sql.Clear();
    }

    private void Add(string statement) => sql.Append(statement).Append(";\n");

    private bool Chance(double share) => random.NextDouble() < share;

    private TItem Pick<TItem>(List<TItem> items) => items[random.Next(items.Count)];

    private Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new Guid(bytes);
    }

    private static string T(DateTimeOffset at) => $"'{at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture)}+00'";

    private static string D(DateOnly? day) => day is { } known ? $"'{known.ToString("O", CultureInfo.InvariantCulture)}'" : "null";
}
