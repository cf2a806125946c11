using OneRoster.Model;
using OneRoster.Validation;

namespace Gateway.Rostering.Phases;

/// <summary>
/// What says who is one person, before anybody goes by it (S-1): a value that more than four records share is nobody's, and a record without a
/// value stands alone. Both are findings.
/// </summary>
internal static class PersonValues
{
    // In a roster of changes most records are not there.
    private const string Blank = """
        select count(*) from staged_user u where u.active and u.person is null and exists (select from staged_role r where r.person = u.source)
        """;

    private const string Shared = """
        update staged_user u set person = null
        where u.person in (select person from staged_user where person is not null group by person having count(*) > 4)
        """;

    public static async Task CheckAsync(RosterRunContext run, CancellationToken cancellation)
    {
        var rule = run.Settings.SamePerson;
        if (rule == Privacy.Rosters.SamePersonRule.None)
            return;
        if (run.ExtentOf(RosterCollection.Users) == RosterExtent.Full)
        {
            await using var blank = run.Command(Blank);
            run.Ledger.Find(RosterRules.PersonBlank, "users", rule.Field, rowsDropped: false, (long)(await blank.ExecuteScalarAsync(cancellation))!);
        }

        run.Ledger.Find(RosterRules.PersonShared, "users", rule.Field, rowsDropped: false, await run.ExecuteAsync(Shared, cancellation));
    }
}
