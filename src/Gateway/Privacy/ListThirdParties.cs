using Gateway.Storage;

namespace Gateway.Privacy;

/// <summary>Somebody who receives data, or is asked for it (P-4.2).</summary>
/// <param name="Kind">engine, platform, roster or mail.</param>
/// <param name="Name">An engine's id; the kind of a platform or of a source; no district is named.</param>
/// <param name="Why">What for.</param>
/// <param name="Receives">What goes there.</param>
/// <param name="Districts">Of how many districts; null where it does not depend on one.</param>
internal sealed record ThirdParty(string Kind, string Name, string Why, IReadOnlyList<ReceivedField> Receives, long? Districts);

/// <summary>What is received, and from how many districts; null: from whoever uses it.</summary>
internal sealed record ReceivedField(string Field, long? Districts);

/// <summary>Who receives what and why, from the engines that are registered and the kinds of servers that the gateway talks to.</summary>
internal sealed class ListThirdParties(PublicPool pool)
{
    public async Task<IReadOnlyList<ThirdParty>> RunAsync(CancellationToken cancellation)
    {
        var rows = new List<(string Kind, string Name, string? Field, long Districts)>();
        await using var command = pool.Source.CreateCommand("select kind, name, field, districts from gateway.third_parties()");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            rows.Add((reader.GetString(0), reader.GetString(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetInt64(3)));
        return
        [
            .. rows.Where(row => row.Kind == "engine").GroupBy(row => row.Name).Select(engine => new ThirdParty(
                "engine", engine.Key, "students practise and are assessed there",
                [
                    new("an id of the engine's own for each student and teacher, and the class ids of the launch", null),
                    .. engine.Where(row => row.Field is not null).Select(row => new ReceivedField(row.Field!, row.Districts)),
                ],
                engine.Max(row => row.Districts))),
            .. rows.Where(row => row.Kind == "platform").Select(row => new ThirdParty(
                "platform", row.Name, "the school's own learning platform: its gradebook gets the scores of its own students",
                [new("the score, with the platform's own id of the student", row.Districts)], row.Districts)),
            .. rows.Where(row => row.Kind == "roster").Select(row => new ThirdParty(
                "roster", row.Name, "the district's own student information system, which is asked for the roster",
                [new("the gateway's sign-in there; nothing about anybody", row.Districts)], row.Districts)),
            new("mail", "mail server", "tells a district's administrator of rosters and incidents", [new("the administrator's address; counts and codes", null)], null),
        ];
    }
}
