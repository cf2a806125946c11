using Gateway.Engine.Api;
using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Feed;

/// <summary>A part of a district's feed, and where that feed stands.</summary>
/// <param name="Page">What the engine is told.</param>
/// <param name="District">The district's number.</param>
/// <param name="Position">The last number that was given out when the part was read.</param>
internal sealed record FeedPart(ChangePage Page, int District, long Position);

/// <summary>
/// Reads the changes after a cursor, in commit order: numbers are given out under a lock that is held until the commit, so whoever sees
/// one has seen all before it.
/// </summary>
internal static class ReadChanges
{
    private const string Position = "select last_sequence, purged_through from gateway.feed_position where district_id = $1";

    public static Outcome<RosterQuery<FeedPart>> Plan(EngineView view, ChangesRequest request)
    {
        var latest = request.After == ChangesRequest.Latest;
        if ((latest ? long.MaxValue : view.RowOf(EngineIdKind.Change, request.After)) is not { } after)
            return ChangeFailures.CursorInvalid;
        var sql = $"""
            select c.sequence, c.entity, c.entity_id, c.other_id, c.kind, c.changed_at
            from gateway.change c
            where c.district_id = $1 and c.sequence > $2 and (c.client_id is null or c.client_id = $3){(view.Gives(SharedField.School) ? "" : " and c.entity <> 'school'")}
            order by c.sequence limit {request.Limit + 1}
            """;
        return new RosterQuery<FeedPart>(
            (reader, cancellation) => ReadAsync(view, after, request.Limit, reader, cancellation),
            Keyset.Command(Position, view.District.Id),
            Keyset.Command(sql, view.District.Id, after, view.ClientId));
    }

    private static async Task<Outcome<FeedPart>> ReadAsync(EngineView view, long after, int limit, NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var (position, purged) = await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetInt64(1)) : (0, 0);
        if (after == long.MaxValue)
            after = position;
        else if (after < purged || after > position)
            return ChangeFailures.CursorExpired;

        await reader.NextResultAsync(cancellation);
        var rows = new List<Row>();
        while (rows.Count <= limit && await reader.ReadAsync(cancellation))
            rows.Add(Row.Read(reader));
        var more = rows.Count > limit;
        if (more)
            rows.RemoveAt(limit);

        // What another engine alone was told is passed by too: everything up to the position was there to be read.
        var last = rows.Count > 0 ? rows[^1].Sequence : after;
        var cursor = more ? last : Math.Max(last, position);
        return new FeedPart(new ChangePage(Changes(view, rows), view.Id(EngineIdKind.Change, cursor), more), view.District.Id, cursor);
    }

    // Three ids a change at most, all of a page at once.
    private static ChangeResource[] Changes(EngineView view, List<Row> rows)
    {
        var ids = view.Ids([.. rows.SelectMany(row => new[] { (EngineIdKind.Change, row.Sequence), (row.Kind, row.Id), (EngineIdKind.Learner, row.Other ?? 0) })]);
        return [.. rows.Select((row, n) => row.Tell(ids[3 * n], ids[(3 * n) + 1], ids[(3 * n) + 2]))];
    }

    private sealed record Row(long Sequence, string Entity, long Id, long? Other, string What, DateTimeOffset At)
    {
        public EngineIdKind Kind => Entity switch
        {
            "learner" => EngineIdKind.Learner,
            "school" => EngineIdKind.School,
            _ => EngineIdKind.Class,
        };

        public static Row Read(NpgsqlDataReader row) => new(
            row.GetInt64(0), row.GetString(1), row.GetInt64(2), row.IsDBNull(3) ? null : row.GetInt64(3), row.GetString(4), row.GetFieldValue<DateTimeOffset>(5));

        // The other is who is enrolled, or whom a merged learner became.
        public ChangeResource Tell(string place, string id, string other) => new(
            place,
            Entity,
            What,
            Learner: Entity switch { "learner" => id, "enrollment" => other, _ => null },
            Class: Entity is "class" or "enrollment" ? id : null,
            School: Entity == "school" ? id : null,
            Into: What == "merged" ? other : null,
            At);
    }
}
