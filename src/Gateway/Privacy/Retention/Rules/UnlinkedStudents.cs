namespace Gateway.Privacy.Retention.Rules;

/// <summary>
/// A student who was on a roster and is in no class any more. A launch shows that the student is still in a course of the platform, so the
/// month counts from the later of the two (docs/adr/0039). Whoever was never on a roster was never unlinked: <see cref="InactiveStudents"/>.
/// </summary>
internal sealed class UnlinkedStudents() : DistrictRule(
    "students-unlinked", "P-2.1", "a student who left the last class, with everything that belongs to the student",
    "one month after leaving the last class, or after the last launch if that is later", "learner", "learner_identity", "launch", "score_delivery", "enrollment")
{
    /// <summary>A learner of the district, l, who is due under this rule.</summary>
    public const string Due = """
        l.district_id = @district and l.role = 'student' and not l.on_roster
          and l.roster_ended <= @month_ago and coalesce(l.last_launch <= @month_ago, true)
        """;

    public override bool TouchesRoster => true;

    public override string Count => $"select count(*) from gateway.learner l where {Due}";

    public override string Delete => DeleteWhere(Due);

    /// <summary>Identities, launches, scores and enrollments go with their learner by foreign keys.</summary>
    public static string DeleteWhere(string due) => $"""
        with due as (select l.id from gateway.learner l where {due} order by l.id limit @limit for update of l),
        gone as (delete from gateway.learner l using due where l.id = due.id returning l.id)
        select gateway.append_changes('learner', array_agg(id), null, 'ended', @now) from gone
        """;
}
