namespace Gateway.Privacy.Retention.Rules;

internal sealed class OldJoins() : DistrictRule(
    "joins", "P-2.5", "what became one with what, as numbers, to undo it", "30 days after the join", "learner_join")
{
    private const string Due = "district_id = @district and joined_at <= @days_30_before";

    public override string Count => $"select count(*) from gateway.learner_join where {Due}";

    public override string Delete => $"""
        with gone as (
          delete from gateway.learner_join where id = any (array(
            select id from gateway.learner_join where {Due} order by joined_at limit @limit))
          returning 1)
        select count(*) from gone
        """;
}
