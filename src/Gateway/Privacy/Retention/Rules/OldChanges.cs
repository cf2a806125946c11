namespace Gateway.Privacy.Retention.Rules;

/// <summary>A cursor is good for 30 days. What a roster run writes is dated before it can be read: hence the day more.</summary>
internal sealed class OldChanges() : DistrictRule("changes", "P-2.5", "an entry of the change feed: which row was added, changed or ended", "31 days after the change", "change")
{
    // The newest of them is looked for once: inside the condition it would be looked for at every change.
    public override string Count => """
        with feed as materialized (
          select f.purged_through, (select max(o.sequence) from gateway.change o
                                    where o.district_id = @district and o.sequence > f.purged_through and o.changed_at < @days_31_before) as through
          from gateway.feed_position f where f.district_id = @district)
        select count(*) from feed join gateway.change c on c.sequence > feed.purged_through and c.sequence <= feed.through where c.district_id = @district
        """;

    public override string Delete => "select gateway.delete_changes(@days_31_before, @limit)";
}
