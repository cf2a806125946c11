namespace Gateway.Privacy.Retention.Rules;

/// <summary>A school is about nobody. One that the roster still names stays, also without a class: it would come back every night.</summary>
internal sealed class PastSchools() : DistrictRule(
    "schools", "P-2.3", "a school without a class", "one year after it left the roster", "school")
{
    private const string Due = $"""
        s.district_id = @district and s.ended_on <= @year_ago
          and not exists (select from gateway.class c where c.school_id = s.id and not coalesce({PastClasses.Due}, false))
        """;

    public override bool TouchesRoster => true;

    public override string Count => $"select count(*) from gateway.school s where {Due}";

    public override string Delete => $"""
        with gone as (
          delete from gateway.school where id = any (array(select s.id from gateway.school s where {Due} order by s.id limit @limit)) returning id)
        select gateway.append_changes('school', array_agg(id), null, 'ended', @now) from gone
        """;
}
