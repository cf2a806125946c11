using Samples.MadeUpDistrict;

namespace Samples.Sis.Rest;

internal static class EnrollmentJson
{
    public static void Write(Roster roster, Enrollment enrollment, RowWriter row)
    {
        bool student = enrollment.Role == PersonRole.Student;
        row.Common(
            enrollment.SourcedId,
            student && roster.IsMarked(enrollment.PersonIndex),
            student ? roster.ModifiedAt(enrollment.PersonIndex) : roster.Unchanged);
        row.Reference("user", "user", enrollment.UserSourcedId);
        row.Reference("class", "class", enrollment.ClassSourcedId);
        row.Reference("school", "org", enrollment.SchoolSourcedId);
        row.Text("role", RoleName.Of(enrollment.Role));
        if (enrollment.Primary is { } primary)
            row.Flag("primary", primary);
        row.Date("beginDate", enrollment.Begin);
        row.Date("endDate", enrollment.End);
    }
}
