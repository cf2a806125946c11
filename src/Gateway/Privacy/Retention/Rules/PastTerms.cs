namespace Gateway.Privacy.Retention.Rules;

/// <summary>A term is about nobody; it goes when nothing is held in it any more. Engines are not told of terms.</summary>
internal sealed class PastTerms() : DistrictRule(
    "terms", "P-2.3", "a term in which no class is held", "one year after its end, or after it left the roster", "term")
{
    private const string Due = $"""
        t.district_id = @district and least(t.ended_on, t.ends_on) <= @year_ago
          and not exists (select from gateway.class c where t.id = any (c.term_ids) and c.district_id = @district and not coalesce({PastClasses.Due}, false))
        """;

    public override bool TouchesRoster => true;

    public override string Count => $"select count(*) from gateway.term t where {Due}";

    public override string Delete => $"""
        with gone as (
          delete from gateway.term where id = any (array(select t.id from gateway.term t where {Due} order by t.id limit @limit)) returning 1)
        select count(*) from gone
        """;
}
