namespace Lti.Messages;

/// <summary>The messages that this library understands.</summary>
public enum LtiMessageType
{
    /// <summary>A person opens a link (LTI Core 5).</summary>
    ResourceLink,

    /// <summary>A teacher chooses content (Deep Linking 2.0).</summary>
    DeepLinking,

    /// <summary>A person reviews submitted work (Submission Review 1.0).</summary>
    SubmissionReview,
}
