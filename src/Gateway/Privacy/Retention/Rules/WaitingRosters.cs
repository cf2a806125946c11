namespace Gateway.Privacy.Retention.Rules;

/// <summary>What nobody approved by then is out of date. The run's report stays, as expired.</summary>
internal sealed class WaitingRosters() : DistrictRule(
    "waiting-rosters", "P-2.7", "a roster that waits for an approval", "two weeks after it was read, or with the approval", "roster_held")
{
    private const string Due = "district_id = @district and state = 'waiting' and started_at < @days_14_before and started_at >= @days_90_before";

    public override string Count => $"select count(*) from gateway.roster_run where {Due}";

    public override string Delete => $"""
        with expired as (
          update gateway.roster_run set state = 'expired' where id = any (array(select id from gateway.roster_run where {Due} order by id limit @limit)) returning id),
        released as (delete from gateway.roster_held h using expired where h.run_id = expired.id)
        select count(*) from expired
        """;
}
