namespace Samples.MadeUpDistrict;

/// <summary>
/// How a number of students becomes schools and classes: 25 students are a cohort, which shares a homeroom and its lessons;
/// 24 cohorts are a school. Every student has the first six subjects, every other one the seventh too.
/// </summary>
internal static class Shape
{
    public const int CohortSize = 25;
    public const int CohortsPerSchool = 24;
    public const int TeachersPerCohort = 2;
    public const int Homeroom = 0;
    public const int Mathematics = 1;

    public static readonly string[] Subjects =
        ["Homeroom", "Mathematics", "English Language Arts", "Science", "Social Studies", "Physical Education", "Music"];

    public static readonly string[] SubjectCodes = ["HR00", "MA10", "EN10", "SC10", "SO10", "PE10", "MU10"];

    public static readonly string[] Grades = ["KG", "01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "11", "12"];

    // Which of the cohort's two teachers has the lesson; English has both (a co-teacher).
    public static readonly int[] TeacherOfSubject = [0, 0, 1, 0, 1, 1, 0];

    public const int CoTaughtSubject = 2;
    public const int TeacherEnrollmentsPerCohort = 8;

    private static readonly (string Kind, int First, int Count)[] Levels =
        [("Middle School", 6, 3), ("Elementary School", 0, 6), ("High School", 9, 4)];

    public static string SchoolKind(int school) => Levels[school % 3].Kind;

    public static int GradeOfCohort(int cohort)
    {
        var level = Levels[cohort / CohortsPerSchool % 3];
        return level.First + cohort % CohortsPerSchool % level.Count;
    }

    public static int SectionOfCohort(int cohort) =>
        cohort % CohortsPerSchool / Levels[cohort / CohortsPerSchool % 3].Count + 1;

    public static int SubjectsOf(int student) => student % 2 == 0 ? 7 : 6;
}
