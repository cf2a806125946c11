namespace Gateway.Privacy.Retention.Rules;

/// <summary>Those that never finished wait for a receiver that is gone.</summary>
internal sealed class WebhookEvents() : DistrictRule(
    "webhook-events", "P-2.5", "that an engine was told that there is something to fetch", "30 days after its delivery, 90 days after it was given up", "webhook_event")
{
    private const string Due = """
        e.district_id = @district
          and (e.finished_at < @days_90_before or (e.state = 'delivered' and e.finished_at < @days_30_before)
            or (e.state = 'pending' and e.created_at < @days_90_before
                and exists (select from gateway.engine_webhook w where w.client_id = e.client_id and w.disabled_at is not null)))
        """;

    public override string Count => $"select count(*) from gateway.webhook_event e where {Due}";

    public override string Delete => $"""
        with gone as (
          delete from gateway.webhook_event where id = any (array(select e.id from gateway.webhook_event e where {Due} order by e.id limit @limit)) returning 1)
        select count(*) from gone
        """;
}
