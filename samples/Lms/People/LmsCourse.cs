using Samples.MadeUpDistrict;

namespace Samples.Lms;

/// <summary>The one course of the LMS: a class of the district with its students and its teacher.</summary>
public sealed class LmsCourse
{
    public LmsCourse(LmsOptions options)
    {
        DateOnly today = options.Today ?? DateOnly.FromDateTime(options.Time.GetUtcNow().UtcDateTime);
        var district = new District(options.Seed, Math.Max(1, options.Students), today);
        Class = district.MathematicsClass(0);
        Teacher = LmsPerson.Of("teacher", district.Teacher(0));
        Students = [.. district.StudentsOfCohort(0).Select((s, i) => LmsPerson.Of($"student-{i + 1}", s))];
    }

    /// <summary>The LMS's own id of the course.</summary>
    public string Id => "course-1";

    public string LinkId => "link-fractions";

    public string LinkTitle => "Fractions practice";

    public SchoolClass Class { get; }

    public LmsPerson Teacher { get; }

    /// <summary>Their logins are <c>student-1</c>, <c>student-2</c> and so on.</summary>
    public IReadOnlyList<LmsPerson> Students { get; }

    public IEnumerable<LmsPerson> Everybody => Students.Prepend(Teacher);

    public LmsPerson? ByUserId(string? userId) => Everybody.FirstOrDefault(p => p.UserId == userId);

    public LmsPerson? ByLogin(string? login) => Everybody.FirstOrDefault(p => p.Login == login);
}
