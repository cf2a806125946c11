using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>
/// A page of a long list in the engine's order: which rows come is known before the database is asked for them. Rows that are gone
/// meanwhile are left out, so that a page may be shorter than asked for.
/// </summary>
internal static class OrderedPage
{
    /// <summary>Where a page begins.</summary>
    /// <param name="Row">After this row; null: with the first.</param>
    public readonly record struct Start(long? Row);

    /// <summary>Reads <c>after</c>; null when it is not of such a list. Its last part, where the feed stood, has been read by <see cref="RosterReader"/>.</summary>
    public static Start? Read(EngineView view, EngineIdKind kind, string? after)
    {
        if (after is null)
            return new(null);
        return view.Order is not null && after.Split('.') is [var id, _] && view.RowOf(kind, id) is { } row ? new(row) : null;
    }

    /// <param name="view">The engine's look at the district.</param>
    /// <param name="page">What was asked for.</param>
    /// <param name="kind">What the rows are.</param>
    /// <param name="sql">Their columns and where they are: the number comes first, <c>$1</c> is the district, <c>$2</c> the numbers.</param>
    /// <param name="read">Makes a row.</param>
    public static Outcome<RosterQuery<RosterRows<T>>> Plan<T>(EngineView view, PageRequest page, EngineIdKind kind, string sql, Func<NpgsqlDataReader, T> read)
    {
        if (Read(view, kind, page.After) is not { } start)
            return ApiFailures.CursorInvalid;
        var order = view.Order!.Order;
        var numbers = order.Next(start.Row, page.Limit).ToArray();
        view.Reserve(page.Limit);
        return new RosterQuery<RosterRows<T>>(
            async (reader, cancellation) =>
            {
                var found = new Dictionary<long, T>(numbers.Length);
                while (await reader.ReadAsync(cancellation))
                    found[reader.GetInt64(0)] = read(reader);
                var rows = new List<T>(found.Count);
                foreach (var number in numbers)
                    if (found.TryGetValue(number, out var row))
                        rows.Add(row);
                return new RosterRows<T>(rows, numbers.Length > 0 && !order.EndsAt(numbers[^1]) ? $"{view.Id(kind, numbers[^1])}.{view.Since()}" : null);
            },
            Keyset.Command(sql, view.District.Id, numbers));
    }
}
