namespace Gateway.Privacy.Retention.Rules;

internal sealed class OldAlerts() : DistrictRule("alerts", "P-2.5", "what a district's administrator was told by mail: counts and codes", "90 days after it was written", "roster_alert")
{
    private const string Due = "district_id = @district and state <> 'pending' and created_at < @days_90_before";

    public override string Count => $"select count(*) from gateway.roster_alert where {Due}";

    public override string Delete => $"""
        with gone as (
          delete from gateway.roster_alert where id = any (array(select id from gateway.roster_alert where {Due} order by id limit @limit)) returning 1)
        select count(*) from gone
        """;
}
