using System.Reflection;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Gateway.Storage.Migrations;

/// <summary>A migration whose text is the SQL file of its own name, embedded in the assembly. There is no way down: restore a backup.</summary>
internal abstract class SqlMigration : Migration
{
    protected sealed override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(Read(GetType().GetCustomAttribute<MigrationAttribute>()!.Id));

    public static string Read(string name)
    {
        using var stream = typeof(SqlMigration).Assembly.GetManifestResourceStream($"{name}.sql")
            ?? throw new InvalidOperationException($"The migration {name}.sql is not embedded.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
