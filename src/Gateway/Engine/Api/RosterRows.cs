using Npgsql;

namespace Gateway.Engine.Api;

/// <summary>The rows of one page.</summary>
/// <param name="Rows">At most as many as asked for.</param>
/// <param name="Next">What to show as <c>after</c> for the rows that follow; null on the last page.</param>
internal sealed record RosterRows<T>(IReadOnlyList<T> Rows, string? Next)
{
    /// <summary>Reads a page from a result that holds one row more than asked for, where there is one.</summary>
    /// <param name="reader">At the result.</param>
    /// <param name="limit">Rows asked for.</param>
    /// <param name="read">Makes a row.</param>
    /// <param name="cursor">The place of the row that the reader stands at.</param>
    /// <param name="cancellation">The engine went away.</param>
    public static async Task<Outcome<RosterRows<T>>> ReadAsync(
        NpgsqlDataReader reader, int limit, Func<NpgsqlDataReader, T> read, Func<NpgsqlDataReader, string> cursor, CancellationToken cancellation)
    {
        var rows = new List<T>(limit);
        var last = "";
        while (await reader.ReadAsync(cancellation))
        {
            if (rows.Count == limit)
                return new RosterRows<T>(rows, last);
            rows.Add(read(reader));
            if (rows.Count == limit)
                last = cursor(reader);
        }

        return new RosterRows<T>(rows, null);
    }
}
