using Gateway.Privacy;
using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>Pages by key: rows come in the order of their numbers, and the last row's id is the place where the next page begins.</summary>
internal static class Keyset
{
    /// <summary>The row that a page begins after: 0 for the first page; null when <c>after</c> is no id of this kind.</summary>
    public static long? After(EngineView view, EngineIdKind kind, string? after) => after is null ? 0 : view.RowOf(kind, after);

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
