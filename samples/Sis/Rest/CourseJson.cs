using Samples.MadeUpDistrict;

namespace Samples.Sis.Rest;

internal static class CourseJson
{
    public static void Write(Roster roster, Course course, RowWriter row)
    {
        row.Common(course.SourcedId, false, roster.Unchanged);
        row.Text("title", course.Title);
        row.Reference("schoolYear", "academicSession", course.SessionSourcedId);
        row.Text("courseCode", course.Code);
        row.Texts("grades", course.Grade);
        row.Texts("subjects", course.Subject);
        row.Texts("subjectCodes", course.SubjectCode);
        row.Reference("org", "org", course.OrgSourcedId);
    }
}
