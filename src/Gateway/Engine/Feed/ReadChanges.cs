using Gateway.Engine.Api;
using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Feed;

/// <summary>A part of a district's feed, and where that feed stands.</summary>
/// <param name="Page">What the engine is told.</param>
/// <param name="District">The district's number.</param>
/// <param name="Position">Behind what number a change would be news.</param>
/// <param name="Large">A transaction that is larger than the part: how many changes it has must be asked first, and there is no page yet.</param>
internal sealed record FeedPart(ChangePage Page, int District, long Position, LargeTransaction? Large = null);

/// <summary>A transaction whose changes begin behind a number, and PostgreSQL's number for it.</summary>
internal sealed record LargeTransaction(long Through, long Transaction);

/// <summary>
/// Reads the changes after a cursor. Transactions come in commit order: numbers are given out under a lock that is held until the commit, so
/// that a reader who sees one has seen all before it. The changes of one transaction come in an order that is another for each engine, so that two
/// engines cannot join a night's changes by their places (docs/adr/0050).
/// </summary>
internal static class ReadChanges
{
    private const string Position = "select last_sequence, purged_through from gateway.feed_position where district_id = $1";
    private const string Columns = "c.sequence, c.entity, c.entity_id, c.other_id, c.kind, c.changed_at, c.xmin::text::bigint";

    // A transaction's changes have its number, or those of its subtransactions, which is a finer division and as lasting. It is asked for only where
    // a cursor says that everything before has been read, and kept in the cursor from then on.
    private const string NextTransaction = """
        select coalesce(
          (select c.sequence from gateway.change c where c.district_id = $1 and c.sequence > $2 and c.xmin::text::bigint <> $3 order by c.sequence limit 1) - 1,
          (select max(c.sequence) from gateway.change c where c.district_id = $1))
        """;

    public static Outcome<RosterQuery<FeedPart>> Plan(EngineView view, ChangesRequest request)
    {
        if (request.After == ChangesRequest.Latest)
            return Latest(view);
        if (FeedCursor.Parse(view, request.After) is { } cursor)
            return Plan(view, cursor, request.Limit);
        // A change's id was a cursor once.
        return view.RowOf(EngineIdKind.Change, request.After) is null ? ChangeFailures.CursorInvalid : ChangeFailures.CursorExpired;
    }

    public static RosterQuery<FeedPart> Plan(EngineView view, FeedCursor cursor, int limit) =>
        cursor.Count == 0 ? Transactions(view, cursor.Through, limit) : PartOfOne(view, cursor, limit);

    /// <summary>How many changes a large transaction has.</summary>
    public static RosterQuery<FeedCursor> PlanLarge(EngineView view, LargeTransaction large) => new(
        async (reader, cancellation) => await reader.ReadAsync(cancellation) && !reader.IsDBNull(0) && reader.GetInt64(0) > large.Through
            ? new FeedCursor(large.Through, reader.GetInt64(0) - large.Through)
            : ChangeFailures.CursorExpired,
        Keyset.Command(NextTransaction, view.District.Id, large.Through, large.Transaction));

    private static RosterQuery<FeedPart> Latest(EngineView view) => new(
        async (reader, cancellation) =>
        {
            var position = await reader.ReadAsync(cancellation) ? reader.GetInt64(0) : 0;
            return new FeedPart(new ChangePage([], new FeedCursor(position).ToText(view), false), view.District.Id, position);
        },
        Keyset.Command(Position, view.District.Id));

    private static RosterQuery<FeedPart> Transactions(EngineView view, long after, int limit) => new(
        async (reader, cancellation) =>
        {
            var (position, purged) = await PositionAsync(reader, cancellation);
            if (after < purged || after > position)
                return ChangeFailures.CursorExpired;
            var rows = await RowsAsync(view, reader, cancellation);
            // What another engine alone was told is passed by too: everything up to the position was there to be read.
            if (rows.Count <= limit)
                return PartOf(view, rows, Math.Max(rows.Count > 0 ? rows[^1].Sequence : after, position), more: false);
            // The last of them may go on behind the part: it is left to the next one.
            var whole = rows.FindIndex(row => row.Transaction == rows[^1].Transaction);
            return whole > 0
                ? PartOf(view, rows[..whole], rows[whole].Sequence - 1, more: true)
                : new FeedPart(new ChangePage([], "", true), view.District.Id, after, new(rows[0].Sequence - 1, rows[0].Transaction));
        },
        Keyset.Command(Position, view.District.Id),
        Keyset.Command($"{Select(view)} and c.sequence > $2 order by c.sequence limit {limit + 1}", view.District.Id, after, view.ClientId));

    private static RosterQuery<FeedPart> PartOfOne(EngineView view, FeedCursor cursor, int limit)
    {
        var places = (int)Math.Clamp(cursor.Count - cursor.Read, 0, limit);
        var numbers = Array.ConvertAll(view.Shuffle(cursor.Through, cursor.Count).At(cursor.Read, places), place => cursor.Through + 1 + place);
        return new(
            async (reader, cancellation) =>
            {
                var (position, purged) = await PositionAsync(reader, cancellation);
                if (cursor.Through < purged || cursor.End > position)
                    return ChangeFailures.CursorExpired;
                var rows = (await RowsAsync(view, reader, cancellation)).ToDictionary(row => row.Sequence);
                var changes = numbers.Where(rows.ContainsKey).Select(number => rows[number].Change).ToList();
                var ends = cursor.Read + places >= cursor.Count;
                var next = ends ? new FeedCursor(cursor.End) : cursor with { Read = cursor.Read + places };
                return new FeedPart(new ChangePage(changes, next.ToText(view), !ends || cursor.End < position), view.District.Id, ends ? cursor.End : cursor.Through);
            },
            Keyset.Command(Position, view.District.Id),
            Keyset.Command($"{Select(view)} and c.sequence = any($2)", view.District.Id, numbers, view.ClientId));
    }

    private static string Select(EngineView view) =>
        $"select {Columns} from gateway.change c where c.district_id = $1 and (c.client_id is null or c.client_id = $3){(view.Gives(SharedField.School) ? "" : " and c.entity <> 'school'")}";

    private static async Task<(long Position, long Purged)> PositionAsync(NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var found = await reader.ReadAsync(cancellation) ? (reader.GetInt64(0), reader.GetInt64(1)) : (0, 0);
        await reader.NextResultAsync(cancellation);
        return found;
    }

    private static async Task<List<Row>> RowsAsync(EngineView view, NpgsqlDataReader reader, CancellationToken cancellation)
    {
        var rows = new List<Row>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(new(reader.GetInt64(0), reader.GetInt64(6), Read(view, reader)));
        return rows;
    }

    // The order of a transaction is the same in parts of any size.
    private static FeedPart PartOf(EngineView view, List<Row> rows, long cursor, bool more)
    {
        var changes = rows.ToArray();
        for (int begin = 0, end; begin < changes.Length; begin = end)
        {
            for (end = begin + 1; end < changes.Length && changes[end].Transaction == changes[begin].Transaction;)
                end++;
            if (end - begin == 1)
                continue;
            var one = changes[begin..end].ToDictionary(row => row.Sequence);
            var (through, count) = (changes[begin].Sequence - 1, changes[end - 1].Sequence - changes[begin].Sequence + 1);
            var place = begin;
            foreach (var number in view.Shuffle(through, count).At(0, (int)count))
                if (one.TryGetValue(through + 1 + number, out var row))
                    changes[place++] = row;
        }

        return new FeedPart(
            new ChangePage(Array.ConvertAll(changes, row => row.Change), new FeedCursor(cursor).ToText(view), more), view.District.Id, cursor);
    }

    // The other is who is enrolled, whom a merged learner became, or whom a split one was part of.
    private static ChangeResource Read(EngineView view, NpgsqlDataReader row)
    {
        var (entity, number, what) = (row.GetString(1), row.GetInt64(2), row.GetString(4));
        var at = row.GetFieldValue<DateTimeOffset>(5);
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
            // To the minute: a finer time would name a transaction to two engines.
            new DateTimeOffset(at.Ticks - at.Ticks % TimeSpan.TicksPerMinute, at.Offset));
    }

    private sealed record Row(long Sequence, long Transaction, ChangeResource Change);
}
