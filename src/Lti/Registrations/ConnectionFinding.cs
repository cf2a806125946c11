namespace Lti.Registrations;

/// <summary>How a part of a connection check ended.</summary>
public enum ConnectionMark
{
    /// <summary>It works.</summary>
    Passed,

    /// <summary>It works for now; somebody should look at it.</summary>
    Warning,

    /// <summary>Launches or scores fail because of it.</summary>
    Failed,
}

/// <summary>One line of a connection check.</summary>
/// <param name="Subject">What was looked at: <c>tls</c>, <c>authorization</c>, <c>clock</c>, <c>keys</c>, <c>token</c> or <c>deployment</c>.</param>
/// <param name="Mark">How it ended.</param>
/// <param name="Code">Stable code, for example <c>lti.check_clock_wrong</c>; the reason's own code where there is one.</param>
/// <param name="WhatIsSo">One sentence of facts: counts, seconds, names of LTI's own vocabulary. Nothing that came from outside.</param>
/// <param name="WhatToDo">One sentence for the administrator, or null when there is nothing to do.</param>
public sealed record ConnectionFinding(string Subject, ConnectionMark Mark, string Code, string WhatIsSo, string? WhatToDo = null);
