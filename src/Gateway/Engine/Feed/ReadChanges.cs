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
        var changes = new List<ChangeResource>();
        var (last, more) = (after, false);
        while (await reader.ReadAsync(cancellation))
        {
            if (more = changes.Count == limit)
                break;
            last = reader.GetInt64(0);
            changes.Add(Read(view, reader));
        }

        // What another engine alone was told is passed by too: everything up to the position was there to be read.
        var cursor = more ? last : Math.Max(last, position);
        return new FeedPart(new ChangePage(changes, view.Id(EngineIdKind.Change, cursor), more), view.District.Id, cursor);
    }

    // The other is who is enrolled, whom a merged learner became, or whom a split one was part of.
    private static ChangeResource Read(EngineView view, NpgsqlDataReader row)
    {
        var (entity, number, what) = (row.GetString(1), row.GetInt64(2), row.GetString(4));
        return new(
            view.Id(EngineIdKind.Change, row.GetInt64(0)),
            entity,
            what,
            Learner: entity switch
            {
                "learner" => view.Id(EngineIdKind.Learner, number),
                "enrollment" => view.Id(EngineIdKind.Learner, row.GetInt64(3)),
                _ => null,
            },
            Class: entity is "class" or "enrollment" ? view.Id(EngineIdKind.Class, number) : null,
            School: entity == "school" ? view.Id(EngineIdKind.School, number) : null,
            Into: what == "merged" ? view.Id(EngineIdKind.Learner, row.GetInt64(3)) : null,
            From: what == "split" ? view.Id(EngineIdKind.Learner, row.GetInt64(3)) : null,
            row.GetFieldValue<DateTimeOffset>(5));
    }
}
