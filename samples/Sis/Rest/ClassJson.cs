using Samples.MadeUpDistrict;

namespace Samples.Sis.Rest;

internal static class ClassJson
{
    public static void Write(Roster roster, SchoolClass schoolClass, RowWriter row)
    {
        row.Common(schoolClass.SourcedId, false, roster.Unchanged);
        row.Text("title", schoolClass.Title);
        row.Text("classCode", schoolClass.Code);
        row.Text("classType", schoolClass.Homeroom ? "homeroom" : "scheduled");
        row.Text("location", schoolClass.Location);
        row.Texts("grades", schoolClass.Grade);
        row.Texts("subjects", schoolClass.Subject);
        row.Reference("course", "course", schoolClass.CourseSourcedId);
        row.Reference("school", "org", schoolClass.SchoolSourcedId);
        row.References("terms", "academicSession", schoolClass.TermSourcedIds);
        row.Texts("subjectCodes", schoolClass.SubjectCode);
        row.Texts("periods", schoolClass.Period);
    }
}
