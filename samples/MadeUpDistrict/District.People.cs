using System.Globalization;

namespace Samples.MadeUpDistrict;

public sealed partial class District
{
    private static readonly string[] Pronouns = ["she/her/hers", "he/him/his", "they/them/theirs"];
    private static readonly string[] Sexes = ["female", "male", "other", "unspecified"];

    public string StudentId(int index) => Id("s", index);

    public string TeacherId(int index) => Id("t", index);

    public Person Student(int index)
    {
        int cohort = index / Shape.CohortSize;
        int grade = Shape.GradeOfCohort(cohort);
        return MakePerson(
            PersonRole.Student, index, StudentId(index), cohort, Shape.Grades[grade], TeacherId(cohort * Shape.TeachersPerCohort));
    }

    public Person Teacher(int index) =>
        MakePerson(PersonRole.Teacher, index, TeacherId(index), index / Shape.TeachersPerCohort, null, null);

    public IEnumerable<Person> StudentsOfCohort(int cohort)
    {
        int end = Math.Min(Students, (cohort + 1) * Shape.CohortSize);
        for (int i = cohort * Shape.CohortSize; i < end; i++)
            yield return Student(i);
    }

    /// <summary>What the standard keeps apart and the gateway must never ask for. One row a student.</summary>
    public Demographics Demographics(int student)
    {
        ulong noise = Noise.Of(_seed, 3, student);
        int age = Shape.GradeOfCohort(student / Shape.CohortSize) + 5;
        return new Demographics(
            StudentId(student),
            student,
            YearStart.AddYears(-age).AddDays(-(int)(noise % 365)),
            Sexes[noise / 512 % 4],
            (int)(noise / 4096 % 6),
            noise / 65536 % 4 == 0,
            "XX",
            "ZZ",
            Names.Place((int)(noise / 1048576 % 16)) + " on the Made-Up River",
            "01652");
    }

    private Person MakePerson(PersonRole role, int index, string id, int cohort, string? grade, string? agent)
    {
        uint number = (uint)index * 2 + (role == PersonRole.Teacher ? 1u : 0u);
        ulong noise = Noise.Of(_seed, 1, number);
        string given = Names.Given(noise);
        string family = Names.Family(number, Noise.Of(_seed, 2, 0));
        string login = $"{given}.{family}".ToLowerInvariant();
        string host = role == PersonRole.Teacher ? "staff.example.org" : "students.example.org";
        // Multiplying by a prime that does not divide the modulus keeps these unique too.
        long digits = (number * 7_368_787L + (long)(Noise.Of(_seed, 4, 0) % 100_000_000UL)) % 100_000_000L;
        string eight = digits.ToString("D8", CultureInfo.InvariantCulture);
        return new Person(
            id,
            role,
            index,
            given,
            Names.Given(noise >> 20),
            family,
            given[..Math.Min(4, given.Length)],
            Pronouns[(noise >> 40) % 3],
            login,
            $"{login}@{host}",
            $"+1-000-{eight[..4]}-{eight[4..]}",
            $"+1-001-{eight[..4]}-{eight[4..]}",
            (role == PersonRole.Teacher ? "E" : "N") + eight,
            $"pass-{noise:x12}",
            $"{_tag}-m-{noise:x16}",
            $"{login}@federation.invalid",
            $"{noise % 999 + 1} {Names.Given(noise >> 30)} Lane, Made-Up Valley",
            grade,
            SchoolId(cohort / Shape.CohortsPerSchool),
            agent);
    }
}
