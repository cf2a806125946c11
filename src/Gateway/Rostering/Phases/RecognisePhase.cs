using System.Security.Cryptography;
using System.Text.Json;
using Gateway.Privacy;
using Gateway.Storage;
using OneRoster.Model;

namespace Gateway.Rostering.Phases;

/// <summary>
/// On many nights nothing has changed: at weekends, in holidays. Such a night is recognised by its digest and ends here, with the report of
/// the run that compared the same roster. It must be the last that could have written, all else that decides must be as it was (settings,
/// key, gateway; the day where it matters), and the change feed must stand where that run left it: no launch has moved a learner since. Once
/// in a week a roster is compared all the same. A dry run, and a roster of changes only, always is.
/// </summary>
internal sealed class RecognisePhase(GatewayDatabase database, TimeProvider time) : IRosterPhase
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(7) - TimeSpan.FromHours(12);

    private const string Last = """
        with last as (
          select * from gateway.roster_run
          where district_id = @district and id <> @run and state not in ('failed', 'checked') order by id desc limit 1)
        select compared.id, last.id, last.position, last.left_out, last.comparison
        from last join gateway.roster_run compared on compared.id = coalesce(last.same_as, last.id)
        where last.state = 'applied' and last.digest = @digest and compared.started_at > @since
          and last.position = coalesce((select last_sequence from gateway.feed_position where district_id = @district), 0)
        """;

    private const string Findings = "select rule, severity, collection, field, count from gateway.roster_finding where run_id = @run";

    public string Name => "recognise";

    public int Steps => 1;

    public async Task<string?> RunAsync(RosterRunContext run, CancellationToken cancellation)
    {
        if (run.Request.DryRun || run.Request.AdditionsOnly || Enum.GetValues<RosterCollection>().Any(each => run.ExtentOf(each) == RosterExtent.Changes))
            return null;
        run.Digest = DigestOf(run);
        await database.InDistrictAsync(run.Request.District, session => FindAsync(run, session, cancellation), cancellation);
        return null;
    }

    private async Task FindAsync(RosterRunContext run, DistrictSession session, CancellationToken cancellation)
    {
        long last;
        await using (var select = session.Command(Last))
        {
            select.Parameters.AddWithValue("district", run.Request.District);
            select.Parameters.AddWithValue("run", run.RunId);
            select.Parameters.AddWithValue("digest", run.Digest!);
            select.Parameters.AddWithValue("since", time.GetUtcNow() - Longest);
            await using var found = await select.ExecuteReaderAsync(cancellation);
            if (!await found.ReadAsync(cancellation) || RosterComparison.FromJson(found.IsDBNull(4) ? null : found.GetString(4)) is not { } comparison)
                return;
            (run.SameAs, last, run.FeedPosition) = (found.GetInt64(0), found.GetInt64(1), found.GetInt64(2));
            run.Comparison = comparison.Again();
            foreach (var (collection, rows) in JsonSerializer.Deserialize<Dictionary<string, long>>(found.GetString(3))!)
                run.Ledger.LeftOut[collection] = rows;
        }

        await using var findings = session.Command(Findings);
        findings.Parameters.AddWithValue("run", last);
        await using var reader = await findings.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            run.Ledger.Repeat(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetString(3), null, reader.GetInt64(4)));
    }

    private static byte[] DigestOf(RosterRunContext run)
    {
        var (staged, settings) = (run.Staged!, run.Settings);
        var decides = JsonSerializer.SerializeToUtf8Bytes(new
        {
            gateway = typeof(RecognisePhase).Module.ModuleVersionId,
            library = typeof(RosterRow).Module.ModuleVersionId,
            key = run.Keys.Version,
            policy = run.AcceptedPolicy,
            settings.Schools,
            settings.Grades,
            settings.ClassTypes,
            settings.TermMarginDays,
            settings.OnePerson,
            shared = run.Shared.Select(SharedFields.WordOf).Order(StringComparer.Ordinal),
            day = staged.RolesHaveDates || settings.TermMarginDays is not null ? run.Today : (DateOnly?)null,
            extents = Enum.GetValues<RosterCollection>().Select(run.ExtentOf),
            // Rows that reading dropped are not among the staged ones.
            found = run.Ledger.Findings.Select(finding => $"{finding.Rule} {finding.Collection} {finding.Field} {finding.Count}").Order(StringComparer.Ordinal),
        });
        return SHA256.HashData([.. staged.Rows, .. decides]);
    }
}
