namespace Gateway.Privacy.Retention.Rules;

/// <summary>A cursor is good for 30 days. What a roster run writes is dated before it can be read: hence the day more.</summary>
internal sealed class OldChanges() : DistrictRule("changes", "P-2.5", "an entry of the change feed: which row was added, changed or ended", "31 days after the change", "change")
{
    public override string Count => """
        select count(*) from gateway.change c join gateway.feed_position f on f.district_id = c.district_id
        where c.district_id = @district and c.sequence > f.purged_through
          and c.sequence <= (select max(o.sequence) from gateway.change o
                             where o.district_id = @district and o.sequence > f.purged_through and o.changed_at < @days_31_before)
        """;

    public override string Delete => "select gateway.delete_changes(@days_31_before, @limit)";
}
