namespace Gateway.Privacy.Retention.Rules;

/// <summary>The score itself is erased on its delivery; this is about the record that there was one.</summary>
internal sealed class OldScores() : DistrictRule(
    "scores", "P-2.4", "that a score was sent to the gradebook, and what became of it", "one year after the score", "score_delivery")
{
    public override string Count => "select count(*) from gateway.score_delivery where district_id = @district and accepted_at <= @year_before";

    public override string Delete => """
        with gone as (
          delete from gateway.score_delivery where id = any (array(
            select id from gateway.score_delivery where district_id = @district and accepted_at <= @year_before order by accepted_at limit @limit))
          returning 1)
        select count(*) from gone
        """;
}
