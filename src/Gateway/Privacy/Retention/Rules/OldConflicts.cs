namespace Gateway.Privacy.Retention.Rules;

/// <summary>What a person has split stays: without it the next launch would join the two again. It goes with either of them.</summary>
internal sealed class OldConflicts() : DistrictRule(
    "conflicts", "P-2.5", "that ids of two people did not fit together: numbers, reason and days", "90 days after it was seen last", "learner_conflict")
{
    private const string Due = "district_id = @district and reason <> 'split' and last_seen < (@days_90_before at time zone 'utc')::date";

    public override string Count => $"select count(*) from gateway.learner_conflict where {Due}";

    public override string Delete => $"""
        with gone as (
          delete from gateway.learner_conflict where id = any (array(select id from gateway.learner_conflict where {Due} order by id limit @limit)) returning 1)
        select count(*) from gone
        """;
}
