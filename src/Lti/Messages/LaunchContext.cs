namespace Lti.Messages;

/// <summary>The course or section of a launch (LTI Core 5.4.1).</summary>
/// <param name="Id">Unique within the deployment.</param>
/// <param name="Label">Short name.</param>
/// <param name="Title">Full name.</param>
public sealed record LaunchContext(string? Id, string? Label, string? Title);
