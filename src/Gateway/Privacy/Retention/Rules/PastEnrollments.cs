namespace Gateway.Privacy.Retention.Rules;

/// <summary>Whoever is in no class any more after this is off the roster from then on, which is when <see cref="UnlinkedStudents"/> begins to count.</summary>
internal sealed class PastEnrollments() : DistrictRule(
    "enrollments", "P-2.3", "who was in a class", "one year after the class's end (its last term's end, or the day it left the roster)", "enrollment")
{
    public override bool TouchesRoster => true;

    public override string Count => """
        select count(*) from gateway.enrollment e
        where e.class_id = any (array(select c.id from gateway.class c where c.district_id = @district and gateway.class_is_over(c, @year_ago)))
        """;

    public override string Delete => "select gateway.delete_past_enrollments(@year_ago, @today, @now, @limit)";
}
