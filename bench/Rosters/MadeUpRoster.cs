using System.Buffers.Binary;

namespace Gateway.Bench.Rosters;

/// <summary>
/// The shape of a made-up district, computed and never held: schools of 600, classes of 25, one teacher for five classes. The same
/// numbers give the same district. On its second night a share of the students has changed: of those, a third left and somebody new
/// sits in their place, a third moved to another class, a third moved and has a last day.
/// </summary>
/// <param name="Students">How many.</param>
/// <param name="EnrollmentsEach">Classes of a student, one a subject: 6 or 7.</param>
/// <param name="ChangedPerMille">Of 1,000 students, those that have changed; 0 on the first night.</param>
internal sealed record MadeUpRoster(int Students, int EnrollmentsEach, int ChangedPerMille)
{
    public const int Terms = 2;
    private const int StudentsASchool = 600;
    private const int StudentsAClass = 25;
    private const int SectionsASubject = StudentsASchool / StudentsAClass;
    private const int ClassesATeacher = 5;
    private const int GradesTaught = 13;

    // Coprime to 600: another mixture of classmates in each subject.
    private static readonly int[] Strides = [1, 7, 11, 13, 17, 19, 23];

    public int Schools => (Students + StudentsASchool - 1) / StudentsASchool;

    public int Courses => GradesTaught * EnrollmentsEach;

    public int Classes => Schools * SectionsASubject * EnrollmentsEach;

    public int Teachers => (Classes + ClassesATeacher - 1) / ClassesATeacher;

    /// <summary>Students' and, one a class, teachers'.</summary>
    public long Enrollments => ((long)Students * EnrollmentsEach) + Classes;

    public static int SchoolOf(int student) => student / StudentsASchool;

    public int SchoolOfClass(int number) => number / (SectionsASubject * EnrollmentsEach);

    public int CourseOf(int number) => (number / SectionsASubject % EnrollmentsEach * GradesTaught) + (number % GradesTaught);

    public static int TeacherOf(int number) => number / ClassesATeacher;

    public int SchoolOfTeacher(int teacher) => SchoolOfClass(teacher * ClassesATeacher);

    public static int GradeOf(int student) => student % GradesTaught;

    public int ClassOf(int student, int subject)
    {
        var section = ((student % StudentsASchool * Strides[subject]) + subject) % StudentsASchool / StudentsAClass;
        if (subject == 0 && ChangeOf(student) is Change.Moved or Change.MovedAndEnds)
            section = (section + 1) % SectionsASubject;
        return (((SchoolOf(student) * EnrollmentsEach) + subject) * SectionsASubject) + section;
    }

    public Guid StudentId(int student) => Id('s', student, ChangeOf(student) == Change.Replaced ? 1 : 0);

    public Guid StudentEnrollmentId(int student, int subject) => Id('e', ((long)student * EnrollmentsEach) + subject, ClassOf(student, subject));

    public bool Ends(int student) => ChangeOf(student) == Change.MovedAndEnds;

    /// <summary>The id of the thing of this kind and number, shaped as most systems shape theirs.</summary>
    public static Guid Id(char kind, long number, long generation = 0)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Mixed(((ulong)kind << 56) ^ ((ulong)generation << 40) ^ (ulong)number));
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Mixed(((ulong)kind << 48) ^ ((ulong)number << 8) ^ (ulong)generation ^ 0xA5A5));
        return new Guid(bytes);
    }

    /// <summary>A number that looks random and is always the same (SplitMix64).</summary>
    public static ulong Mixed(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    private Change ChangeOf(int student)
    {
        if (ChangedPerMille == 0)
            return Change.None;
        var mixed = Mixed((ulong)student);
        return mixed % 1000 < (ulong)ChangedPerMille ? (Change)(1 + (mixed / 1000 % 3)) : Change.None;
    }

    private enum Change
    {
        None,
        Replaced,
        Moved,
        MovedAndEnds,
    }
}
