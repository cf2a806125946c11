using System.Text;

namespace Gateway.Tests.Rostering;

/// <summary>Every row of every table of a database as text.</summary>
internal static class Dump
{
    public static async Task<string> EverythingAsync(RosterDatabase database, string schema = "%")
    {
        var tables = new List<string>();
        await using (var list = database.Owner.CreateCommand("""
            select format('%I.%I', schemaname, tablename) from pg_tables
            where schemaname not in ('pg_catalog', 'information_schema') and schemaname like @schema
            """))
        {
            list.Parameters.AddWithValue("schema", schema);
            await using var reader = await list.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                tables.Add(reader.GetString(0));
        }

        var text = new StringBuilder();
        foreach (var table in tables)
            text.AppendLine(table).AppendLine(await database.AskAsync<string>($"select coalesce(string_agg(t::text, E'\\n'), '') from {table} t"));
        return text.ToString();
    }
}
