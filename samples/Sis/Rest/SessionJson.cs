using System.Globalization;
using Samples.MadeUpDistrict;

namespace Samples.Sis.Rest;

internal static class SessionJson
{
    public static void Write(Roster roster, AcademicSession session, RowWriter row)
    {
        row.Common(session.SourcedId, false, roster.Unchanged);
        row.Text("title", session.Title);
        row.Date("startDate", session.Start);
        row.Date("endDate", session.End);
        row.Text("type", session.Type == SessionType.Term ? "term" : "schoolYear");
        row.Reference("parent", "academicSession", session.ParentSourcedId);
        if (session.Type == SessionType.SchoolYear && row.Wants("children"))
            row.References("children", "academicSession", [.. Enumerable.Range(1, 2).Select(i => roster.District.Session(i).SourcedId)]);
        row.Text("schoolYear", session.SchoolYear.ToString(CultureInfo.InvariantCulture));
    }
}
