using Gateway.Storage.Model;
using Lti.Launches;
using Lti.Messages;

namespace Gateway.Launches;

/// <summary>Who may come in with which message, once the platform's word is verified.</summary>
internal static class PersonRules
{
    public static LaunchRefusal? FirstBroken(LaunchMessage message, District district, CourseRole role) =>
        message.Subject is { } subject ? Review(message, subject, role) : Guest(message, district);

    // L-1.9: nobody is let in without a name, unless the district wants guests, and then not where there is something to grade.
    private static LaunchRefusal? Guest(LaunchMessage message, District district)
    {
        if (!district.GuestsAllowed)
            return LaunchRefusal.SubjectMissing;
        return message.GradeService?.LineItem is null ? null : LaunchRefusals.GuestNotGraded;
    }

    // L-1.7: teachers look at anybody's work in their course, everybody else at their own.
    private static LaunchRefusal? Review(LaunchMessage message, OpaqueIdentifier subject, CourseRole role) =>
        message.MessageType == LtiMessageType.SubmissionReview && role != CourseRole.Teacher && message.SubmissionUser?.IsSameAs(subject) != true
            ? LaunchRefusals.ReviewNotYours
            : null;
}
