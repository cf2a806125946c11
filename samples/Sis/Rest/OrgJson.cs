using Samples.MadeUpDistrict;

namespace Samples.Sis.Rest;

internal static class OrgJson
{
    public static void Write(Roster roster, Org org, RowWriter row)
    {
        row.Common(org.SourcedId, false, roster.Unchanged);
        row.Text("name", org.Name);
        row.Text("type", org.Type == OrgType.District ? "district" : "school");
        row.Text("identifier", org.Identifier);
        row.Reference("parent", "org", org.ParentSourcedId);
        if (org.Type == OrgType.District && row.Wants("children"))
            row.References("children", "org", [.. Enumerable.Range(1, roster.District.Schools).Select(i => roster.District.Org(i).SourcedId)]);
    }
}
