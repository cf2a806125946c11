namespace Gateway.Privacy.Retention.Rules;

/// <summary>
/// Activity is a launch or, of a student who is on the roster, a roster of the district: while it says every night that the student is in a
/// class, deleting the student would only give the student another number the night after (docs/adr/0039).
/// </summary>
internal sealed class InactiveStudents() : DistrictRule(
    "students-inactive", "P-2.1", "a student without activity, with everything that belongs to the student", "two years after the last launch or roster",
    "learner", "learner_identity", "launch", "score_delivery", "enrollment")
{
    // The index by district serves: an index on days that every launch moves would cost each launch more than it saves once a day.
    private const string Due = $"""
        l.district_id = @district and l.role = 'student' and l.last_seen <= @two_years_ago and coalesce(l.last_launch <= @two_years_ago, true)
          and (not l.on_roster or coalesce((select d.last_roster <= @two_years_ago from gateway.district d where d.id = @district), true))
          and ({UnlinkedStudents.Due}) is not true
        """;

    public override bool TouchesRoster => true;

    public override string Count => $"select count(*) from gateway.learner l where {Due}";

    public override string Delete => UnlinkedStudents.DeleteWhere(Due);
}
