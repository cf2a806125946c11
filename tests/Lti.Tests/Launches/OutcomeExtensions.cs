using Lti.Launches;

namespace Lti.Tests.Launches;

internal static class OutcomeExtensions
{
    public static LaunchRefusal Refusal<T>(this LaunchOutcome<T> outcome) => Assert.IsType<LaunchRefused<T>>(outcome).Refusal;

    public static LaunchAccepted<T> Accepted<T>(this LaunchOutcome<T> outcome)
    {
        if (outcome is LaunchRefused<T> refused) Assert.Fail("Refused: " + refused.Refusal.Code);
        return Assert.IsType<LaunchAccepted<T>>(outcome);
    }
}
