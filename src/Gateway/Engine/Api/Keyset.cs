using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>
/// Pages by key: rows come in the order of their ids, which is another for each engine (docs/adr/0050), and the last row's id is the place where
/// the next page begins.
/// </summary>
internal static class Keyset
{
    /// <summary>Where a page begins: null is not said for the first page, and refused when <c>after</c> is no id of this kind.</summary>
    public static bool TryReadAfter(EngineView view, EngineIdKind kind, string? after, out long? row)
    {
        row = after is null ? null : view.RowOf(kind, after);
        return after is null || row is not null;
    }

    /// <summary>
    /// Reads a short list whole, a district's schools or terms or the people of one class, and gives one page of it in the engine's order.
    /// </summary>
    /// <param name="view">The engine's look at the district.</param>
    /// <param name="kind">What the rows' numbers are of.</param>
    /// <param name="rows">The rows, each number once.</param>
    /// <param name="after">The row that the page begins after; null for the first page.</param>
    /// <param name="limit">Rows at most.</param>
    public static RosterRows<T> PageOf<T>(EngineView view, EngineIdKind kind, List<(long Number, T Row)> rows, long? after, int limit)
    {
        var keys = view.KeysOf(kind, rows.ConvertAll(row => row.Number).ToArray());
        var all = rows.ToArray();
        Array.Sort(keys, all);
        var begin = 0;
        if (after is { } number)
        {
            var last = view.KeysOf(kind, [number])[0];
            while (begin < keys.Length && keys[begin] <= last)
                begin++;
        }

        var page = all.AsSpan(begin, Math.Min(limit, all.Length - begin));
        var shown = new List<T>(page.Length);
        foreach (var (_, row) in page)
            shown.Add(row);
        return new RosterRows<T>(shown, begin + page.Length < all.Length ? view.Id(kind, page[^1].Number).ToString() : null);
    }

    /// <summary>
    /// A question with its parameters, in the order $1, $2, … The limit is none of them: without knowing it, the database would plan for
    /// many rows, find that dear, and plan anew each time.
    /// </summary>
    public static NpgsqlBatchCommand Command(string sql, params object[] parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in parameters)
        {
            command.Parameters.Add(value switch
            {
                int number => new NpgsqlParameter<int> { TypedValue = number },
                long number => new NpgsqlParameter<long> { TypedValue = number },
                long[] numbers => new NpgsqlParameter<long[]> { TypedValue = numbers },
                string text => new NpgsqlParameter<string> { TypedValue = text },
                DateOnly day => new NpgsqlParameter<DateOnly> { TypedValue = day },
                _ => throw new ArgumentOutOfRangeException(nameof(parameters)),
            });
        }

        return command;
    }

    /// <summary>The value of a column that may be null.</summary>
    public static T? At<T>(NpgsqlDataReader reader, int column) where T : class => reader.IsDBNull(column) ? null : reader.GetFieldValue<T>(column);

    /// <summary>A day that may be null.</summary>
    public static DateOnly? DayAt(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetFieldValue<DateOnly>(column);

    /// <summary>The last day of a span whose end is exclusive, as rosters write it.</summary>
    public static DateOnly? LastDayAt(NpgsqlDataReader reader, int column) => DayAt(reader, column)?.AddDays(-1);
}
