using Gateway.Storage;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Gateway.Tests.Storage;

/// <summary>The schema is written by hand, and so is the model: they must say the same.</summary>
public sealed class ModelMatchesSchemaTests(MigratedDatabase migrated) : IClassFixture<MigratedDatabase>
{
    // Entity Framework's own.
    private const string History = "migration";

    [Fact]
    public async Task Model_and_migrated_schema_have_the_same_columns() => Assert.Equal(await SchemaAsync(), Model());

    private List<string> Model()
    {
        using var context = new GatewayDbContext(GatewayDatabase.Options(migrated.Application));
        var columns = new List<string>();
        foreach (var entity in context.Model.GetEntityTypes())
        {
            Assert.Equal(GatewayDbContext.Schema, entity.GetSchema());
            var key = entity.FindPrimaryKey()!.Properties.ToList();
            columns.AddRange(entity.GetProperties().Select(p =>
                $"{entity.GetTableName()}.{p.GetColumnName()} {p.GetColumnType()}{(p.IsNullable ? " null" : "")}{(key.Contains(p) ? " key" : "")}"));
        }

        return [.. columns.Order(StringComparer.Ordinal)];
    }

    private async Task<List<string>> SchemaAsync()
    {
        await using var owner = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(migrated.Database.OwnerConnectionString) { Pooling = false });
        await using var command = owner.CreateCommand($"""
            select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
                   || case when a.attnotnull then '' else ' null' end
                   || case when exists (select from pg_index i where i.indrelid = c.oid and i.indisprimary and a.attnum = any (i.indkey)) then ' key' else '' end
            from pg_class c join pg_attribute a on a.attrelid = c.oid
            where c.relnamespace = 'gateway'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and a.attnum > 0 and not a.attisdropped and c.relname <> '{History}'
            """);
        var columns = new List<string>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            columns.Add(reader.GetString(0));
        return [.. columns.Order(StringComparer.Ordinal)];
    }
}
