namespace Gateway.Privacy.Retention.Rules;

/// <summary>After its enrollments. A class without any date cannot come about: one without a term is not stored.</summary>
internal sealed class PastClasses() : DistrictRule(
    "classes", "P-2.3", "a class", "one year after its end (its last term's end, or the day it left the roster)", "class")
{
    /// <summary>A class of the district, c, that is not to stay.</summary>
    public const string Due = "c.district_id = @district and gateway.class_is_over(c, @year_ago)";

    public override bool TouchesRoster => true;

    public override string Count => $"select count(*) from gateway.class c where {Due}";

    public override string Delete => $"""
        with gone as (
          delete from gateway.class where id = any (array(select c.id from gateway.class c where {Due} order by c.id limit @limit)) returning id)
        select gateway.append_changes('class', array_agg(id), null, 'ended', @now) from gone
        """;
}
