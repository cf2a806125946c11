using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;

namespace Gateway.Privacy.Rights;

/// <summary>A table of an export.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Key">The column of the district's number.</param>
/// <param name="Columns">What is given, in the model's order.</param>
/// <param name="LeftOut">What is sealed.</param>
/// <param name="Order">The order of the rows.</param>
internal sealed record ExportedTable(string Name, string Key, IReadOnlyList<string> Columns, IReadOnlyList<string> LeftOut, string Order);

/// <summary>Every table of a district, as the model knows them: one that is new is in the export by itself.</summary>
internal static class ExportedTables
{
    private const string DistrictColumn = "district_id";

    public static IEnumerable<ExportedTable> Of(IModel model) =>
        from entity in model.GetEntityTypes()
        let name = entity.GetTableName()!
        let key = name == "district" ? "id" : DistrictColumn
        let columns = entity.GetProperties().Select(property => property.GetColumnName()).ToList()
        where columns.Contains(key) && (name == "district" || columns.Contains(DistrictColumn))
        orderby name
        select new ExportedTable(
            name, key, [.. columns.Where(column => !IsSealed(column))], [.. columns.Where(IsSealed)],
            string.Join(", ", entity.FindPrimaryKey()!.Properties.Select(property => $"\"{property.GetColumnName()}\"")));

    // The name of a sealed column says so; a test holds that.
    private static bool IsSealed(string column) => column.StartsWith("sealed_", StringComparison.Ordinal);
}
