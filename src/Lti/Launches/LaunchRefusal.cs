namespace Lti.Launches;

/// <summary>
/// Why a login or launch was refused: a stable code and plain words. It never holds a value that came from outside.
/// Two refusals are equal when their codes are.
/// </summary>
public sealed partial class LaunchRefusal : IEquatable<LaunchRefusal>
{
    // What a person can do, in the words that all refusals share: a child must understand them.
    private const string OpenAgain = "Go back to the site where your class is and open the link again.";
    private const string OpenAgainOrTell = OpenAgain + " If that does not help, show this page to your teacher.";
    private const string OpenFromCourse = "Go to the site where your class is and open the activity from there. If you have saved this address, delete it.";
    private const string WaitAndOpenAgain = "Wait a minute, then open the link again. If that does not help, show this page to your teacher.";
    private const string ShowTheCode =
        "Show this page to your teacher. If you are the teacher, send its code to the people who look after your school's computers.";

    private LaunchRefusal(string code, LaunchPhase phase, string whatHappened, string whatToDo, string forAdministrator, string? detail = null)
    {
        Code = code;
        Phase = phase;
        WhatHappened = whatHappened;
        WhatToDo = whatToDo;
        ForAdministrator = forAdministrator;
        Detail = detail;
    }

    /// <summary>Every refusal of this library, in the order of the phases; made for documentation, tests and translation.</summary>
    public static IReadOnlyList<LaunchRefusal> Catalogue => LaunchRefusalCatalogue.All;

    /// <summary>Stable code, for example <c>lti.nonce_replayed</c>.</summary>
    public string Code { get; }

    /// <summary>The phase that refused.</summary>
    public LaunchPhase Phase { get; }

    /// <summary>One sentence for anybody, a child of twelve included: what happened. No word of the trade.</summary>
    public string WhatHappened { get; }

    /// <summary>What the student or teacher at the screen does next, in at most 160 characters.</summary>
    public string WhatToDo { get; }

    /// <summary>For the administrator of the platform or the tool: exactly what was wrong, and what to look at.</summary>
    public string ForAdministrator { get; }

    /// <summary>A name out of a fixed vocabulary of this library that makes the refusal more exact (a known message type), or null.</summary>
    public string? Detail { get; }

    /// <summary>
    /// A refusal of the host's own, for its admission (a blocked person, a closed district).
    /// </summary>
    /// <param name="code">Stable code; <c>lti.</c> is this library's prefix and not allowed.</param>
    /// <param name="whatHappened">One sentence: what happened. Never personal data.</param>
    /// <param name="whatToDo">One sentence for the person at the screen.</param>
    /// <param name="forAdministrator">One sentence for an administrator.</param>
    /// <exception cref="ArgumentException">The code is empty or begins with <c>lti.</c>.</exception>
    public static LaunchRefusal ByHost(string code, string whatHappened, string whatToDo, string forAdministrator)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(code);
        if (code.StartsWith("lti.", StringComparison.Ordinal)) throw new ArgumentException("The prefix 'lti.' belongs to the library.", nameof(code));
        return new LaunchRefusal(code, LaunchPhase.Admission, whatHappened, whatToDo, forAdministrator);
    }

    /// <inheritdoc/>
    public bool Equals(LaunchRefusal? other) => other is not null && Code == other.Code;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LaunchRefusal);

    /// <inheritdoc/>
    public override int GetHashCode() => Code.GetHashCode(StringComparison.Ordinal);

    /// <summary>The code.</summary>
    public override string ToString() => Code;

    /// <summary>The same refusal with a name from a fixed vocabulary. Callers pass constants only.</summary>
    internal LaunchRefusal Naming(string knownName) => new(Code, Phase, WhatHappened, WhatToDo, ForAdministrator, knownName);
}
