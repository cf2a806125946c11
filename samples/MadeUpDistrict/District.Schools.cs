using System.Globalization;

namespace Samples.MadeUpDistrict;

public sealed partial class District
{
    public Org Org(int index) => index == 0
        ? new Org(DistrictId, "Made-Up Valley School District", OrgType.District, $"D-{_tag}", null)
        : new Org(
            SchoolId(index - 1),
            $"{Names.Place(index - 1)} {Shape.SchoolKind(index - 1)}",
            OrgType.School,
            string.Create(CultureInfo.InvariantCulture, $"S-{_tag}-{index:D5}"),
            DistrictId);

    public AcademicSession Session(int index)
    {
        var middle = new DateOnly(SchoolYear, 1, 16);
        string years = string.Create(CultureInfo.InvariantCulture, $"{SchoolYear - 1}/{SchoolYear}");
        return index switch
        {
            0 => new AcademicSession(YearId, $"School year {years}", SessionType.SchoolYear, YearStart, YearEnd, null, SchoolYear),
            1 => new AcademicSession(YearId + "-t1", $"Fall term {years}", SessionType.Term, YearStart, middle, YearId, SchoolYear),
            2 => new AcademicSession(YearId + "-t2", $"Spring term {years}", SessionType.Term, middle, YearEnd, YearId, SchoolYear),
            _ => throw new ArgumentOutOfRangeException(nameof(index)),
        };
    }

    public Course Course(int index)
    {
        int grade = index / Shape.Subjects.Length;
        int subject = index % Shape.Subjects.Length;
        return new Course(
            Id("co", index),
            $"{Shape.Subjects[subject]} {Shape.Grades[grade]}",
            $"{Shape.SubjectCodes[subject]}-{Shape.Grades[grade]}",
            Shape.Grades[grade],
            Shape.Subjects[subject],
            Shape.SubjectCodes[subject],
            DistrictId,
            YearId);
    }

    public SchoolClass Class(int index)
    {
        int cohort = index / Shape.Subjects.Length;
        int subject = index % Shape.Subjects.Length;
        int grade = Shape.GradeOfCohort(cohort);
        int section = Shape.SectionOfCohort(cohort);
        return new SchoolClass(
            ClassId(cohort, subject),
            string.Create(CultureInfo.InvariantCulture, $"{Shape.Subjects[subject]} {Shape.Grades[grade]}, section {section}"),
            string.Create(CultureInfo.InvariantCulture, $"{Shape.SubjectCodes[subject]}-{Shape.Grades[grade]}-{section}"),
            Shape.Grades[grade],
            Shape.Subjects[subject],
            Shape.SubjectCodes[subject],
            (subject + 1).ToString(CultureInfo.InvariantCulture),
            string.Create(CultureInfo.InvariantCulture, $"Room {100 + cohort % Shape.CohortsPerSchool}"),
            subject == Shape.Homeroom,
            Id("co", grade * Shape.Subjects.Length + subject),
            SchoolId(cohort / Shape.CohortsPerSchool),
            [YearId + "-t1", YearId + "-t2"]);
    }

    /// <summary>The class that a cohort has in mathematics: the one the sample LMS shows as a course.</summary>
    public SchoolClass MathematicsClass(int cohort) => Class(cohort * Shape.Subjects.Length + Shape.Mathematics);

    private string ClassId(int cohort, int subject) => Id("cl", cohort * (long)Shape.Subjects.Length + subject);
}
