namespace Gateway.Privacy.Retention.Rules;

internal sealed class OldRosterRuns() : DistrictRule(
    "roster-runs", "P-2.5", "the report of a roster run: counts, codes and findings", "90 days after the run", "roster_run", "roster_finding", "roster_held")
{
    public override string Count => "select count(*) from gateway.roster_run where district_id = @district and started_at < @days_90_before and state <> 'running'";

    public override string Delete => """
        with gone as (
          delete from gateway.roster_run where id = any (array(
            select id from gateway.roster_run
            where district_id = @district and started_at < @days_90_before and state <> 'running' order by id limit @limit))
          returning 1)
        select count(*) from gone
        """;
}
