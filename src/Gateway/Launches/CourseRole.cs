namespace Gateway.Launches;

/// <summary>What somebody is to the course of a launch.</summary>
internal enum CourseRole
{
    /// <summary>Learns there, or comes without any role that is known (L-1.8).</summary>
    Student,

    /// <summary>Teaches there.</summary>
    Teacher,

    /// <summary>Looks on, designs or administers: let in without a learner record, and never graded.</summary>
    Neither,
}
