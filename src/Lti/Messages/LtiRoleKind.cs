namespace Lti.Messages;

/// <summary>Where a role holds (LTI Core, appendix A.2).</summary>
public enum LtiRoleKind
{
    /// <summary>In this course.</summary>
    Context,

    /// <summary>In the school or district.</summary>
    Institution,

    /// <summary>In the platform itself.</summary>
    System,
}
