using System.Globalization;

namespace Samples.MadeUpDistrict;

public sealed partial class District
{
    /// <summary>Enrollments of one student: six or seven.</summary>
    public int EnrollmentsOf(int student) => Shape.SubjectsOf(student);

    /// <summary>Which student, and which of the student's subjects, the enrollment of this number is.</summary>
    public (int Student, int Subject) LocateStudentEnrollment(int index)
    {
        int pair = index / 13;
        int rest = index % 13;
        return rest < 7 ? (pair * 2, rest) : (pair * 2 + 1, rest - 7);
    }

    public Enrollment StudentEnrollment(int student, int subject)
    {
        int cohort = student / Shape.CohortSize;
        return new Enrollment(
            string.Create(CultureInfo.InvariantCulture, $"{_tag}-es-{student:D8}-{subject}"),
            ClassId(cohort, subject),
            SchoolId(cohort / Shape.CohortsPerSchool),
            StudentId(student),
            PersonRole.Student,
            null,
            YearStart,
            YearEnd,
            student);
    }

    public Enrollment TeacherEnrollment(int index)
    {
        int cohort = index / Shape.TeacherEnrollmentsPerCohort;
        int rest = index % Shape.TeacherEnrollmentsPerCohort;
        bool co = rest == Shape.Subjects.Length;
        int subject = co ? Shape.CoTaughtSubject : rest;
        int which = co ? 1 - Shape.TeacherOfSubject[subject] : Shape.TeacherOfSubject[subject];
        int teacher = cohort * Shape.TeachersPerCohort + which;
        return new Enrollment(
            string.Create(CultureInfo.InvariantCulture, $"{_tag}-et-{cohort:D8}-{rest}"),
            ClassId(cohort, subject),
            SchoolId(cohort / Shape.CohortsPerSchool),
            TeacherId(teacher),
            PersonRole.Teacher,
            !co,
            YearStart,
            YearEnd,
            teacher);
    }
}
