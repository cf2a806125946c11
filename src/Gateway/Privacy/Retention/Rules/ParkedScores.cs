namespace Gateway.Privacy.Retention.Rules;

/// <summary>A score that was refused keeps its content for a while, so that a person can hand it in again.</summary>
internal sealed class ParkedScores() : DistrictRule(
    "parked-scores", "P-2.4", "the content of a score that the gradebook did not take, with the platform's own id of the student", "30 days after it was given up")
{
    private const string Due = "district_id = @district and state = 'parked' and sealed_score is not null and finished_at <= @days_30_before";

    public override string Count => $"select count(*) from gateway.score_delivery where {Due}";

    public override string Delete => $"""
        with gone as (
          update gateway.score_delivery set sealed_score = null
          where id = any (array(select id from gateway.score_delivery where {Due} order by finished_at limit @limit)) returning 1)
        select count(*) from gone
        """;
}
