using Microsoft.Extensions.Options;

namespace Lti;

internal sealed class LtiToolOptionsValidator : IValidateOptions<LtiToolOptions>
{
    public ValidateOptionsResult Validate(string? name, LtiToolOptions options)
    {
        List<string> faults = [];
        Check(IsHttp(options.RedirectUri), "RedirectUri must be the absolute http(s) address of the tool's launch endpoint.");
        Check(options.AllowedTargets.All(IsHttp), "AllowedTargets must be absolute http(s) addresses.");
        Check(options.StateLifetime > TimeSpan.Zero, "StateLifetime must be longer than zero.");
        Check(options.ClockLeeway >= TimeSpan.Zero, "ClockLeeway must not be negative.");
        Check(options.MaxTokenAge > TimeSpan.Zero, "MaxTokenAge must be longer than zero.");
        Check(options.MaxTokenBytes is >= 1024 and <= 16 * 1024 * 1024, "MaxTokenBytes must be between 1 KiB and 16 MiB.");
        Check(!string.IsNullOrWhiteSpace(options.UserAgent), "UserAgent must not be empty: some platforms refuse requests without one.");
        Check(options.HttpTimeout > TimeSpan.Zero, "HttpTimeout must be longer than zero.");
        Check(options.Jwks.Lifetime > TimeSpan.Zero, "Jwks.Lifetime must be longer than zero.");
        Check(options.Jwks.StaleLifetime >= options.Jwks.Lifetime, "Jwks.StaleLifetime must not be shorter than Jwks.Lifetime.");
        Check(options.Jwks.BackOff >= TimeSpan.Zero, "Jwks.BackOff must not be negative.");
        Check(options.Jwks.MaxBytes > 0, "Jwks.MaxBytes must be positive.");
        Check(options.Jwks.MaxKeys > 0, "Jwks.MaxKeys must be positive.");
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);

        void Check(bool holds, string otherwise)
        {
            if (!holds) faults.Add("LtiToolOptions: " + otherwise);
        }
    }

    private static bool IsHttp(Uri? uri) => uri is { IsAbsoluteUri: true, Scheme: "https" or "http" };
}
