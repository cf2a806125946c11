using System.Collections;
using Samples.MadeUpDistrict;

namespace Samples.Sis;

/// <summary>The district as it is on some day: who came later and who has left. Immutable; a change makes another.</summary>
public sealed class Roster
{
    private readonly BitArray _absent;
    private readonly BitArray _marked;

    internal Roster(District district)
        : this(district, new BitArray(district.Students), new BitArray(district.Students), 0, default) =>
        OriginalStudents = district.Students;

    private Roster(District district, BitArray absent, BitArray marked, int absentCount, DateTimeOffset changed)
    {
        District = district;
        _absent = absent;
        _marked = marked;
        Absent = absentCount;
        ChangedAt = changed;
    }

    public District District { get; }

    /// <summary>Students whose rows are gone.</summary>
    public int Absent { get; }

    public int ActiveStudents => District.Students - Absent - Marked;

    internal int Marked { get; private init; }

    internal DateTimeOffset ChangedAt { get; }

    internal int OriginalStudents { get; private init; }

    internal bool IsMarked(int student) => _marked[student];

    internal DateTimeOffset Unchanged => new(District.YearStart, TimeOnly.MinValue, TimeSpan.Zero);

    internal DateTimeOffset ModifiedAt(int student) =>
        _marked[student] || student >= OriginalStudents ? ChangedAt : Unchanged;

    internal int StudentRows => District.Students - Absent;

    internal IEnumerable<int> StudentIndexes(int skip)
    {
        int start = Absent == 0 ? skip : 0;
        skip -= start;
        for (int i = start; i < District.Students; i++)
        {
            if (_absent[i])
                continue;
            if (skip-- > 0)
                continue;
            yield return i;
        }
    }

    internal int EnrollmentRows
    {
        get
        {
            int rows = District.StudentEnrollments + District.TeacherEnrollments;
            for (int i = 0; Absent > 0 && i < District.Students; i++)
                rows -= _absent[i] ? District.EnrollmentsOf(i) : 0;
            return rows;
        }
    }

    internal IEnumerable<Enrollment> Enrollments(int skip)
    {
        int student = 0;
        if (Absent == 0 && skip < District.StudentEnrollments)
        {
            (student, skip) = District.LocateStudentEnrollment(skip);
        }
        else if (Absent == 0)
        {
            (student, skip) = (District.Students, skip - District.StudentEnrollments);
        }
        for (; student < District.Students; student++)
        {
            int count = _absent[student] ? 0 : District.EnrollmentsOf(student);
            int first = Math.Min(skip, count);
            skip -= first;
            for (int subject = first; subject < count; subject++)
                yield return District.StudentEnrollment(student, subject);
        }
        for (int i = skip; i < District.TeacherEnrollments; i++)
            yield return District.TeacherEnrollment(i);
    }

    internal Roster WithMore(int students, DateTimeOffset now)
    {
        District larger = District.WithStudents(District.Students + students);
        return new Roster(
            larger,
            new BitArray(_absent) { Length = larger.Students },
            new BitArray(_marked) { Length = larger.Students },
            Absent,
            now)
        { Marked = Marked, OriginalStudents = OriginalStudents };
    }

    /// <summary>Takes out students spread evenly over the district, from its end.</summary>
    internal Roster Without(int students, Withdrawal how, DateTimeOffset now)
    {
        var absent = new BitArray(_absent);
        var marked = new BitArray(_marked);
        int left = Math.Min(students, ActiveStudents);
        int stride = Math.Max(1, ActiveStudents / Math.Max(1, left));
        int taken = 0;
        for (int pass = 0; taken < left && pass < stride; pass++)
        {
            for (int i = District.Students - 1 - pass; i >= 0 && taken < left; i -= stride)
            {
                if (absent[i] || marked[i])
                    continue;
                (how == Withdrawal.Absent ? absent : marked)[i] = true;
                taken++;
            }
        }
        bool gone = how == Withdrawal.Absent;
        return new Roster(District, absent, marked, Absent + (gone ? taken : 0), now)
        {
            Marked = Marked + (gone ? 0 : taken),
            OriginalStudents = OriginalStudents,
        };
    }
}
