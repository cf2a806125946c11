using Lti.Registrations;

namespace Lti.Launches;

/// <summary>
/// Hears when platforms say that they signed their launches. What signs launches has the clock that also checks the tool's assertions.
/// </summary>
public interface IPlatformClocks
{
    /// <summary>
    /// A launch with a good signature came, whether or not it is let in. Called on the launch path: it must return at once.
    /// </summary>
    /// <param name="registration">Whose launch.</param>
    /// <param name="age">
    /// The time from the launch's <c>iat</c> to its arrival by the tool's clock: how far the platform's clock is behind, and how long the
    /// message was on its way. Negative when the platform's clock is ahead.
    /// </param>
    void Seen(Registration registration, TimeSpan age);
}
