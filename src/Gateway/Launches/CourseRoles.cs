using Gateway.Platforms;
using Lti.Messages;

namespace Gateway.Launches;

/// <summary>From the roles of a launch to what the person is to its course (L-1.8). `docs/engine.md` has the table.</summary>
internal static class CourseRoles
{
    /// <param name="message">The launch.</param>
    /// <param name="platformKind">The name of one of <see cref="PlatformKinds.All"/>.</param>
    public static CourseRole Of(LaunchMessage message, string platformKind) =>
        Of(message.Roles, platformKind) is var role && role == CourseRole.Teacher && message.Subject is null
            ? CourseRole.Student // A guest is nobody's teacher.
            : role;

    /// <summary>As the database and engines have it; null for a person who neither learns nor teaches.</summary>
    public static string? Word(this CourseRole role) => role switch
    {
        CourseRole.Student => "student",
        CourseRole.Teacher => "teacher",
        _ => null,
    };

    private static CourseRole Of(LtiRoles roles, string platformKind)
    {
        // A person who learns and teaches in one course gets the lesser role.
        if (roles.IsLearner)
            return CourseRole.Student;
        if (roles.IsInstructor)
            return CourseRole.Teacher;
        if (roles.SaysSomethingOfCourse)
            return CourseRole.Neither;
        // Canvas names every place in the course, and besides what somebody is anywhere in the account: there it says nothing of this course.
        // Open edX names no place in the course, and calls a teacher of it both a teacher and a student of the institution.
        if (roles.TeachesInInstitution && !PlatformKinds.Of(platformKind).NamesEveryCourseRole)
            return CourseRole.Teacher;
        return roles.LearnsInInstitution || roles.Known.IsEmpty ? CourseRole.Student : CourseRole.Neither;
    }
}
