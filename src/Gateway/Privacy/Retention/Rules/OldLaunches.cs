namespace Gateway.Privacy.Retention.Rules;

internal sealed class OldLaunches() : DistrictRule("launches", "P-2.4", "that somebody launched, and when", "one year after the launch", "launch")
{
    public override string Count => "select count(*) from gateway.launch where district_id = @district and launched_at <= @year_before";

    public override string Delete => """
        with gone as (
          delete from gateway.launch where id = any (array(
            select id from gateway.launch where district_id = @district and launched_at <= @year_before order by launched_at limit @limit))
          returning 1)
        select count(*) from gone
        """;
}
