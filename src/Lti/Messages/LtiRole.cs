namespace Lti.Messages;

/// <summary>A role of the LTI vocabulary (LTI Core, appendix A.2). Both names are constants of the library, never text from a token.</summary>
/// <param name="Kind">Where it holds.</param>
/// <param name="Name">The principal role, for example <c>Instructor</c>.</param>
/// <param name="SubRole">The sub-role, for example <c>TeachingAssistant</c>, or null.</param>
public readonly record struct LtiRole(LtiRoleKind Kind, string Name, string? SubRole);
