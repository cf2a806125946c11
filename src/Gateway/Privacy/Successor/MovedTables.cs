namespace Gateway.Privacy.Successor;

/// <summary>A table whose rows of a district move to a successor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">What moves, besides the district's number.</param>
/// <param name="Insert">Puts the rows of the temporary table <c>moved_NAME</c> under their new numbers.</param>
internal sealed record MovedTable(string Name, string Columns, string Insert);

/// <summary>
/// What a successor needs to know everybody again: people and their pseudonyms, the roster, the platforms that they come from, and how
/// rosters are taken in. In the order in which they refer to each other. What stays: secrets of others (they are given anew), scores that were
/// delivered, reports, the change feed (a new one begins) and the audit trail.
/// </summary>
internal static class MovedTables
{
    public static IReadOnlyList<MovedTable> All { get; } =
    [
        new("registration",
            "id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, token_audience, sis_parameter, learns_all_deployments, line_item_origin, created_at, state, source",
            // Keys of the tool do not move: a set of this gateway's own for each kind, at an address that the platforms have to be told.
            """
            insert into gateway.tool_key_set (id, district_id, kind, created_at)
              select gen_random_uuid(), @district, kind, min(created_at) from moved_registration group by kind;
            with made as (
              insert into gateway.registration (district_id, kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, token_audience, sis_parameter, learns_all_deployments, line_item_origin, created_at, state, source, key_set_id)
              select @district, m.kind, issuer, client_id, authorization_endpoint, token_endpoint, jwks_uri, namespace, learns_deployments, token_audience, sis_parameter, learns_all_deployments, line_item_origin, m.created_at, state, source, s.id
                from moved_registration m join gateway.tool_key_set s on s.district_id = @district and s.kind = m.kind
              returning id, issuer, client_id)
            insert into new_registration (old, new) select m.id, made.id from made join moved_registration m using (issuer, client_id)
            """),
        new("deployment", "registration_id, deployment_id, state, created_at",
            """
            insert into gateway.deployment (district_id, registration_id, deployment_id, state, created_at)
            select @district, n.new, d.deployment_id, d.state, d.created_at from moved_deployment d join new_registration n on n.old = d.registration_id
            """),
        new("learner", "id, role, grades, first_seen, last_seen, last_launch, roster_ended, on_roster",
            """
            insert into new_learner (old, new) select id, nextval('gateway.learner_id_seq') from moved_learner order by id;
            insert into gateway.learner (id, district_id, role, grades, first_seen, last_seen, last_launch, roster_ended, on_roster) overriding system value
            select n.new, @district, l.role, l.grades, l.first_seen, l.last_seen, l.last_launch, l.roster_ended, l.on_roster
            from moved_learner l join new_learner n on n.old = l.id
            """),
        new("learner_identity", "kind, hash, key_version, learner_id, registration_id",
            """
            insert into gateway.learner_identity (district_id, kind, hash, key_version, learner_id, registration_id)
            select @district, i.kind, i.hash, i.key_version, n.new, r.new
            from moved_learner_identity i join new_learner n on n.old = i.learner_id left join new_registration r on r.old = i.registration_id
            """),
        new("learner_conflict", "registration_id, learner_id, other_id, reason, first_seen, last_seen, seen, told, audited",
            """
            insert into gateway.learner_conflict (district_id, registration_id, learner_id, other_id, reason, first_seen, last_seen, seen, told, audited)
            select @district, r.new, n.new, o.new, c.reason, c.first_seen, c.last_seen, c.seen, c.told, c.audited
            from moved_learner_conflict c join new_learner n on n.old = c.learner_id
            left join new_learner o on o.old = c.other_id left join new_registration r on r.old = c.registration_id
            on conflict do nothing
            """),
        new("launch", "id, learner_id, registration_id, message_type, launched_at",
            """
            insert into gateway.launch (id, district_id, learner_id, registration_id, message_type, launched_at)
            select l.id, @district, n.new, r.new, l.message_type, l.launched_at
            from moved_launch l join new_learner n on n.old = l.learner_id join new_registration r on r.old = l.registration_id
            """),
        new("school", "id, source, key_version, name, ended_on",
            """
            insert into new_school (old, new) select id, nextval('gateway.school_id_seq') from moved_school order by id;
            insert into gateway.school (id, district_id, source, key_version, name, ended_on) overriding system value
            select n.new, @district, s.source, s.key_version, s.name, s.ended_on from moved_school s join new_school n on n.old = s.id
            """),
        new("term", "id, source, key_version, kind, title, starts_on, ends_on, ended_on",
            """
            insert into new_term (old, new) select id, nextval('gateway.term_id_seq') from moved_term order by id;
            insert into gateway.term (id, district_id, source, key_version, kind, title, starts_on, ends_on, ended_on) overriding system value
            select n.new, @district, t.source, t.key_version, t.kind, t.title, t.starts_on, t.ends_on, t.ended_on from moved_term t join new_term n on n.old = t.id
            """),
        new("class", "id, source, key_version, school_id, kind, title, subjects, grades, term_ids, ended_on",
            """
            insert into new_class (old, new) select id, nextval('gateway.class_id_seq') from moved_class order by id;
            insert into gateway.class (id, district_id, source, key_version, school_id, kind, title, subjects, grades, term_ids, ended_on) overriding system value
            select n.new, @district, c.source, c.key_version, s.new, c.kind, c.title, c.subjects, c.grades,
                   array(select t.new from unnest(c.term_ids) with ordinality as held (id, place) join new_term t on t.old = held.id order by held.place), c.ended_on
            from moved_class c join new_class n on n.old = c.id left join new_school s on s.old = c.school_id
            """),
        new("enrollment", "class_id, learner_id, role, starts_on, ends_on, ended_on",
            """
            insert into gateway.enrollment (district_id, class_id, learner_id, role, starts_on, ends_on, ended_on)
            select @district, c.new, l.new, e.role, e.starts_on, e.ends_on, e.ended_on
            from moved_enrollment e join new_class c on c.old = e.class_id join new_learner l on l.old = e.learner_id
            """),
        new("blocked_person", "kind, hash, key_version, block_id, blocked_at",
            """
            insert into gateway.blocked_person (district_id, kind, hash, key_version, block_id, blocked_at)
            select @district, kind, hash, key_version, block_id, blocked_at from moved_blocked_person
            """),
        new("policy_acceptance", "version, accepted_by, accepted_at",
            """
            insert into gateway.policy_acceptance (district_id, version, accepted_by, accepted_at)
            select @district, version, accepted_by, accepted_at from moved_policy_acceptance
            """),
        new("roster_policy", "removed_percent, changed_percent, merged_percent, merged_people, additions_ahead, schools, grades, class_types, term_margin_days, same_person, follow_platform",
            """
            insert into gateway.roster_policy (district_id, removed_percent, changed_percent, merged_percent, merged_people, additions_ahead, schools, grades, class_types, term_margin_days, same_person, follow_platform)
            select @district, removed_percent, changed_percent, merged_percent, merged_people, additions_ahead, schools, grades, class_types, term_margin_days, same_person, follow_platform from moved_roster_policy
            """),
    ];

    /// <summary>The tables that numbers are translated with.</summary>
    public static IReadOnlyList<string> Numbered { get; } = ["registration", "learner", "school", "term", "class"];
}
