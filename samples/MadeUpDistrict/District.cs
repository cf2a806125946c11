using System.Globalization;

namespace Samples.MadeUpDistrict;

/// <summary>
/// A district that nobody lives in. Everything is a function of the seed, the number of students and the day: rows are made when asked
/// for, by index, and every kind of row comes in the ordinal order of its sourcedId, so that paging needs no list.
/// </summary>
public sealed partial class District
{
    private readonly long _seed;
    private readonly string _tag;

    public District(long seed, int students, DateOnly today)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(students);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(students, 10_000_000);
        _seed = seed;
        _tag = (Noise.Of(seed, 0, 0) & 0xFFFFFF).ToString("x6", CultureInfo.InvariantCulture);
        Students = students;
        Today = today;
        int startYear = today.Month >= 8 ? today.Year : today.Year - 1;
        SchoolYear = startYear + 1;
        YearStart = new DateOnly(startYear, 8, 1);
        YearEnd = new DateOnly(SchoolYear, 8, 1);
    }

    public DateOnly Today { get; }

    public int SchoolYear { get; }

    public DateOnly YearStart { get; }

    /// <summary>Exclusive.</summary>
    public DateOnly YearEnd { get; }

    public int Students { get; }

    public int Cohorts => (Students + Shape.CohortSize - 1) / Shape.CohortSize;

    public int Teachers => Cohorts * Shape.TeachersPerCohort;

    public int Schools => Math.Max(1, (Cohorts + Shape.CohortsPerSchool - 1) / Shape.CohortsPerSchool);

    public int Orgs => Schools + 1;

    public int Sessions => 3;

    public int Courses => Shape.Grades.Length * Shape.Subjects.Length;

    public int Classes => Cohorts * Shape.Subjects.Length;

    public int StudentEnrollments => Students / 2 * 13 + Students % 2 * 7;

    public int TeacherEnrollments => Cohorts * Shape.TeacherEnrollmentsPerCohort;

    /// <summary>The whole district made for another number of students: those of both have the same rows.</summary>
    public District WithStudents(int students) => new(_seed, students, Today);

    private string Id(string kind, long index) => string.Create(CultureInfo.InvariantCulture, $"{_tag}-{kind}-{index:D8}");

    private string DistrictId => $"{_tag}-o-district";

    private string SchoolId(int school) => Id("o-school", school);

    private string YearId => string.Create(CultureInfo.InvariantCulture, $"{_tag}-ay-{SchoolYear}");
}
